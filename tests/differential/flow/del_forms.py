# del of names, items, slices, attributes and several at once.
a, b, c = 1, 2, 3
del a, (b, c)
print([n for n in "abc" if n in globals()])
l = list(range(6))
del l[0], l[-1], l[1:2]
print(l)
d = {"x": {"y": 1, "z": 2}}
del d["x"]["y"]
print(d)


class C:
    cls = 1

    def __init__(self):
        self.v = 1

    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name)

    def __delitem__(self, key):
        print("delitem", key)


c = C()
del c.v
for name in ("v", "cls", "zz"):
    try:
        delattr(c, name)
    except AttributeError as e:
        print(e)
del c[1], c["a":2]
del C.cls
print(hasattr(C, "cls"))
try:
    del C.cls
except AttributeError as e:
    print(e)


class Plain:
    pass


p = Plain()
for action in (lambda: delattr(p, "x"), lambda: delattr(p, 5), lambda: p.x, lambda: p[0], lambda: len(p), lambda: p()):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e)
try:
    del p[0]
except TypeError as e:
    print(e)
try:
    p[0] = 1
except TypeError as e:
    print(e)
for x in [1, 2]:
    pass
del x
try:
    x
except NameError as e:
    print(e)


def f():
    v = [1, 2]
    w = v
    del v
    return w


print(f())
