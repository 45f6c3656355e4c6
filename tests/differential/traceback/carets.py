# Where the carets stand in chained calls, binary operations and subscripts.
class A:
    b = None
    d = {}


def f(x):
    return x


def attribute():
    a = A()
    return f(a).b.c


def subscript():
    a = A()
    return f(1) + a.d["missing"] * 2


def run(g):
    try:
        g()
    except Exception as e:
        raise RuntimeError("wrapped") from e


try:
    run(attribute)
except RuntimeError as e:
    first = e
try:
    run(subscript)
except RuntimeError as e:
    e.__context__ = None
    raise ValueError("last") from first
