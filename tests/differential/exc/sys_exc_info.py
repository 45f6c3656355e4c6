# sys.exc_info and sys.exception follow the handlers.
import sys


def info():
    kind, value, tb = sys.exc_info()
    return (kind.__name__ if kind else None, str(value), tb is not None, sys.exception() is value)


print(info())
try:
    1 / 0
except ZeroDivisionError:
    print(info())
    try:
        [][0]
    except IndexError:
        print(info())
    print(info())

    def inner():
        return info()

    print(inner())
print(info())


def gen():
    try:
        raise KeyError("in gen")
    except KeyError:
        yield info()
        yield info()


g = gen()
print(next(g), info())
try:
    raise ValueError("outside")
except ValueError:
    print(next(g), info())
print(info())
try:
    try:
        raise KeyError("a")
    finally:
        print(info())
except KeyError:
    pass
print(info())


class C:
    def __exit__(self, *exc):
        print(info(), exc[0].__name__)
        return True

    def __enter__(self):
        print(info())


with C():
    raise RuntimeError("in with")
print(info())
