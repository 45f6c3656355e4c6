# locals(), vars() and dir() in functions, methods, generators, comprehensions and class bodies.
def args(a, /, b, *rest, c=3, **more):
    return locals()


print(args(1, 2, 4, 5, c=6, d=7))


def cells(x, y):
    z = x * y

    def inner():
        w = y
        return z, sorted(locals().items())

    return list(locals()), inner()


print(cells(2, 3))


def one_dict():
    first = locals()
    a = 1
    second = locals()
    second["extra"] = "kept"
    del a
    third = locals()
    return first is second is third, sorted(third), third["extra"]


print(one_dict())


def unbound(flag):
    if flag:
        value = 5
    return "value" in locals(), sorted(vars())


print(unbound(True), unbound(False))


class Base:
    def names(self):
        return sorted(locals())


class Derived(Base):
    kind = "derived"
    here = sorted(n for n in locals() if not n.startswith("__"))
    listed = [n for n in dir() if not n.startswith("__")]
    vars()["made"] = "by vars"

    def names(self):
        super().names()
        return sorted(locals()), [type(v).__name__ for v in locals().values()]


print(Derived().names(), Derived.here, Derived.listed, Derived.made)


def generator(n):
    for i in range(n):
        yield sorted(locals().items())
    yield dir()


print(list(generator(2)))


def comprehension(x):
    inside = [sorted(locals()) for y in range(1)]
    shadowed = [locals()["x"] for x in "ab"]
    return inside, shadowed, sorted(locals())


print(comprehension(10))
print((lambda p, q=1: locals())(0))


def kept_alive():
    class D:
        def __del__(self):
            print("released")

    d = D()
    locals()
    d = None
    print("still in the dict")


kept_alive()


def hidden():
    locals = lambda: "own"
    return locals()


print(hidden())


def replaced():
    return dir(), vars(), globals()


dir = lambda: "dir"
vars = lambda: "vars"
globals = lambda: "globals"
print(replaced())
del dir, vars, globals


def reads_globals():
    return globals()["__name__"], globals() is replaced.__globals__


print(reads_globals())


def floats(n):
    total = 0.5
    count = 0
    while count < n:
        total += count * 0.25
        count += 1
    return locals()


print(floats(9))


def raises():
    try:
        caught = 1 // 0
    except ZeroDivisionError as e:
        during = sorted(locals())
    return during, sorted(locals())


print(raises())
