# globals(), locals(), vars() and dir() of a module.
a = 1
g = globals()
g["injected"] = "by dict"
print(injected, g["a"], "print" in g, g["__name__"])
a = 2
print(g["a"], list(g)[-3:])
del g["injected"]
try:
    injected
except NameError as e:
    print(e)


def f(p, q=2):
    r = p + q
    print(sorted(locals().items()))
    del q
    print(sorted(locals()))

    def inner():
        return p

    return sorted(locals())


print(f(1))


class C:
    x = 1
    print(sorted(k for k in locals() if not k.startswith("__")))


def snapshot():
    x = 1
    d = locals()
    x = 2
    return d["x"]


print(snapshot())
print(vars(C)["x"], sorted(k for k in vars(C) if not k.startswith("_")))
g["a"] = "through the dict"


def read_a():
    return a


print(a, read_a())
g.update(b=7, c=8)
print(b + c)
print(g.pop("c"), "c" in globals(), globals() is g)
print([n for n in dir() if n in ("a", "b", "c", "f", "C")])
try:
    vars(5)
except TypeError as e:
    print(e)
