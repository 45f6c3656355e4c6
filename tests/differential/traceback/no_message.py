# Exceptions without message and with odd arguments.
class Plain(Exception):
    pass


def a():
    raise Plain


def b():
    try:
        a()
    except Plain:
        raise KeyError("key with 'quotes'")


def c():
    try:
        b()
    except KeyError:
        raise Plain("one", 2, None)


c()
