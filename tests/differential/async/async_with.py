# async with: order, errors, ways out.
class Pause:
    def __await__(self):
        return (yield)


class CM:
    def __init__(self, name, swallow=False, fail=None):
        self.name, self.swallow, self.fail = name, swallow, fail

    async def __aenter__(self):
        await Pause()
        print("enter", self.name)
        if self.fail == "enter":
            raise OSError("enter failed")
        return self.name

    async def __aexit__(self, kind, value, tb):
        await Pause()
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        if self.fail == "exit":
            raise OSError("exit failed")
        return self.swallow


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value
    except Exception as e:
        return type(e).__name__, str(e), repr(e.__context__)


async def simple(*args, **kw):
    async with CM(*args, **kw) as name:
        print("body", name)
        return "returned"


async def raising(*args, **kw):
    async with CM(*args, **kw):
        raise ValueError("body")
    return "after"


async def several():
    async with CM("a") as a, CM("b", True) as b, CM("c"):
        print(a, b)
        raise KeyError("k")
    return "after"


async def loop():
    for i in range(4):
        async with CM(i):
            if i == 1:
                continue
            if i == 2:
                break
    return i


print(run(simple("s")))
print(run(simple("s", fail="enter")))
print(run(simple("s", fail="exit")))
print(run(raising("r")))
print(run(raising("r", swallow=True)))
print(run(raising("r", fail="exit")))
print(run(several()))
print(run(loop()))


class NoEnter:
    async def __aexit__(self, *args):
        pass


class NoExit:
    async def __aenter__(self):
        pass


class Sync:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass


class Returns:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __aenter__(self):
        return self.a

    def __aexit__(self, *args):
        return self.b


async def use(x, e=None):
    async with x as y:
        print("got", y)
        if e:
            raise e
    return "ok"


async def value(v):
    return v


for x in (NoEnter(), NoExit(), Sync(), 3, Returns(1, 2), Returns(value(1), 2), Returns(value(1), value(2))):
    print(run(use(x)))
print(run(use(Returns(value(1), None), KeyError("x"))))
print(run(use(Returns(value(1), value([])), KeyError("x"))))
print(run(use(Returns(value(1), value([0])), KeyError("x"))))


class Truth:
    def __bool__(self):
        raise TypeError("no truth")


print(run(use(Returns(value(1), value(Truth())), KeyError("x"))))


async def target():
    d = {}
    async with CM("t") as d["x"], CM("u") as (d["y"],):
        print(d)
    try:
        async with CM("long") as (a, b):
            pass
    except ValueError as e:
        print(e)


print(run(target()))


def sync_with():
    with CM("x"):
        pass


try:
    sync_with()
except TypeError as e:
    print(e)
