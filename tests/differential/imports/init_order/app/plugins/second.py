from . import loaded

loaded.append("second")
