from . import loaded

loaded.append(__name__.rpartition(".")[2])
