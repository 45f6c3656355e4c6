# Annotations: stored, not checked; on variables, parameters, attributes, with the future import absent.
x: int = 5
y: "str"
z: list[int] = []
print(__annotations__)


def f(a: int, b: "text" = "s", *args: float, c: dict[str, int] | None = None, **kw: bool) -> list[str]:
    local: int = "not checked"
    unset: str
    return [local, a, b, args, c, kw]


print(f(1), f("any", 2, 3, c=4), f.__annotations__)


class C:
    a: int
    b: str = "b"
    c: "C" = None

    def m(self, other: "C") -> "C":
        self.d: int = 5
        return self


print(C.__annotations__, hasattr(C, "a"), C.b, C().m(None).d)


def evaluated(when: print("evaluated at def")) -> print("return too"):
    pass


def not_evaluated():
    v: print("never evaluated") = 1
    w: undefined_name
    return v


print(not_evaluated())
d = {}
d["k"]: int = 3
(paren): int = 4
print(d, paren, "paren" in __annotations__)
try:
    module_level: undefined_type = 1
except NameError as e:
    print(e)


class Outer:
    class Inner:
        v: int = 1

    field: Inner = None


print(Outer.__annotations__["field"] is Outer.Inner, Outer.Inner.__annotations__)
lam = lambda a: a
print(lam.__annotations__)
