# The protocol of with: order, targets, swallowing, errors.
class Ctx:
    def __init__(self, name, result=None, swallow=False):
        self.name, self.result, self.swallow = name, result, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.result if self.result is not None else self

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind.__name__ if kind else None, value, tb is not None)
        return self.swallow


with Ctx("a") as a, Ctx("b", [1, 2]) as (x, y):
    print(a.name, x, y)
with (
    Ctx("p1") as p1,
    Ctx("p2", result=5) as p2,
):
    print(p1.name, p2)
with Ctx("sw", swallow=True):
    raise ValueError("gone")
    print("never")
print("after")
try:
    with Ctx("outer"), Ctx("inner"):
        raise KeyError("k")
except KeyError as e:
    print("caught", e)
with Ctx("outer"), Ctx("inner swallows", swallow=True):
    raise KeyError("k2")


class Target:
    pass


t = Target()
d = {}
with Ctx("attr", 1) as t.x, Ctx("item", 2) as d["k"]:
    print(t.x, d)


def returns():
    with Ctx("ret"):
        return "value"


def loop():
    for i in range(3):
        with Ctx(i):
            if i == 0:
                continue
            break
    return i


print(returns(), loop())


class NoExit:
    def __enter__(self):
        pass


class NoEnter:
    def __exit__(self, *a):
        pass


for bad in (5, None, NoExit(), NoEnter()):
    try:
        with bad:
            print("no")
    except TypeError as e:
        print(e)


class EnterFails:
    def __enter__(self):
        raise RuntimeError("enter failed")

    def __exit__(self, *a):
        print("never exits")


try:
    with Ctx("first"), EnterFails():
        pass
except RuntimeError as e:
    print(e)


class ExitFails(Ctx):
    def __exit__(self, kind, value, tb):
        raise RuntimeError("exit failed")


try:
    with ExitFails("e"):
        raise ValueError("body")
except RuntimeError as e:
    print(e, repr(e.__context__))
try:
    with ExitFails("e2"):
        pass
except RuntimeError as e:
    print(e, e.__context__)


class OnInstance:
    pass


o = OnInstance()
o.__enter__ = lambda: 1
o.__exit__ = lambda *a: None
try:
    with o:
        pass
except TypeError as e:
    print(e)
with Ctx("truthy", swallow="non-empty"):
    1 / 0
with Ctx("nested"):
    with Ctx("deeper") as z:
        print(z.name)
print(z.name)
