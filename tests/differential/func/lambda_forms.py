# Lambdas: parameters, defaults, closures, immediate calls, in data, as keys, recursive.
fs = [lambda: 0, lambda x: x, lambda x, y=2: x + y, lambda *a: a, lambda **k: k, lambda *, k: k, lambda a, /, b: (a, b), lambda x, *r, k=5, **o: (x, r, k, o)]
print(fs[0](), fs[1](1), fs[2](1), fs[2](1, y=5), fs[3](1, 2), fs[4](a=1), fs[5](k=3), fs[6](1, b=2), fs[7](1, 2, k=3, z=4))
for bad in (lambda: fs[0](1), lambda: fs[1](), lambda: fs[5](3), lambda: fs[6](a=1, b=2), lambda: fs[2](1, 2, 3), lambda: fs[1](y=1)):
    try:
        bad()
    except TypeError as e:
        print(e)
print((lambda x: x * 2)(4), (lambda f: f(f))(lambda g: "self"), (lambda: (lambda: 5))()(), [(lambda i: i * i)(i) for i in range(3)], (lambda *a, **k: (len(a), sorted(k)))(1, 2, b=1, a=2))
table = {"add": lambda a, b: a + b, "neg": lambda a: -a}
print(table["add"](1, 2), table["neg"](3), sorted("bca", key=lambda c: -ord(c)), max([(1, 9), (2, 3)], key=lambda p: p[1]), list(filter(lambda x: x % 2, range(5))), list(map(lambda a, b: a * b, "ab", (2, 3))))
adders = [(lambda n: lambda x: x + n)(n) for n in range(3)]
print([a(10) for a in adders], (lambda n: [n := n + 1, n * 2])(1), (lambda: [x for x in range(3)])(), (lambda s: s.upper() if s else "none")(""))
fact = lambda n: n * fact(n - 1) if n else 1
Y = lambda f: (lambda x: x(x))(lambda y: f(lambda *a: y(y)(*a)))
print(fact(20), Y(lambda f: lambda n: n and n + f(n - 1))(10), fs[0].__name__, (lambda a, b=1: 0).__defaults__, fact.__code__.co_argcount)


class C:
    double = lambda self, x=1: (self.k * x) * 2
    static = staticmethod(lambda x: -x)
    k = 21
    prop = property(lambda self: self.k)


print(C().double(), C().double(2), C.static(3), C().prop, C.double(C(), 3))
x = "global"
g = lambda: x
x = "changed"
print(g(), (lambda x=x: x)(), (lambda: x)() is x)


def late():
    fs = []
    for v in "ab":
        fs.append((lambda: v, lambda v=v: v))
    return [(f(), g()) for f, g in fs]


print(late(), (lambda: print("printed"))(), (lambda x, y: x if x > y else y)(3, 9))
