from ..top import NAME


def where():
    return __name__, __package__, NAME
