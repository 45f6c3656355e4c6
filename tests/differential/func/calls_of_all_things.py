# Calling classes, bound methods, builtins, lambdas, instances, partial-like closures, through variables.
class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *, twice=False):
        return x + self.n * (2 if twice else 1)

    def method(self, x):
        return self.n * x

    @staticmethod
    def static(x):
        return -x

    @classmethod
    def cls_make(cls, n):
        return cls(n + 100)


def apply(f, *args, **kw):
    return f(*args, **kw)


a = Adder(5)
print(a(1), a(1, twice=True), apply(a, 2), apply(a.method, 3), apply(Adder.method, a, 4), apply(Adder.static, 5), apply(a.static, 6), apply(Adder.cls_make, 1).n, apply(a.cls_make, 2).n)
print(apply(len, "abc"), apply(int, "12", base=8), apply("x-y".split, "-"), apply(str.upper, "up"), apply(max, 3, 9, 2), apply(sorted, [2, 1], reverse=True), apply(Adder, 7).n, apply(dict, a=1))
ops = {"+": lambda x, y: x + y, "len": len, "cls": Adder, "m": a.method, "up": str.upper}
print(ops["+"](1, 2), ops["len"]([1]), ops["cls"](3).n, ops["m"](2), ops["up"]("z"))
for bad in (5, "s", None, [], a.n, {}):
    try:
        bad()
    except TypeError as e:
        print(e)
fs = [abs, float, str, lambda v: v * 2, a, a.method]
print([f(-3) for f in fs], list(map(lambda f: f(2), fs)))
a.method = lambda x: ("instance attribute", x)
print(a.method(1))
Adder.__call__ = lambda self, x: "patched call"
print(a(1))
print((lambda *, k: k)(k=3), [f for f in [len]][0]("ab"), (str if True else int)(5), Adder(1).method(2), Adder(Adder(2).n).n)
