# async in classes, closures, decorators, defaults, properties, recursion and overriding.
class Pause:
    def __await__(self):
        yield


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value


class Base:
    async def greet(self, name="you"):
        await Pause()
        return f"hello {name} from {type(self).__name__}"

    @classmethod
    async def make(cls, *args):
        await Pause()
        return cls(*args)

    @staticmethod
    async def add(a, b=1, /, *rest, k=2, **kw):
        return a, b, rest, k, kw

    @property
    async def prop(self):
        return "prop"

    async def __call__(self, x):
        return x + 1


class Derived(Base):
    async def greet(self, name="me"):
        return (await super().greet(name)).upper()


async def main():
    d = await Derived.make()
    print(await d.greet(), await d.greet(name="x"), await Base().greet())
    print(await d.prop, await d(41))
    print(await Base.add(1), await d.add(1, 2, 3, k=4, z=5))
    bound = d.greet
    print(await bound("bound"))
    n = 0

    async def counter():
        nonlocal n
        n += 1
        await Pause()
        return n

    print([await counter() for _ in range(3)], n)

    async def fib(k):
        return k if k < 2 else await fib(k - 1) + await fib(k - 2)

    print(await fib(15))

    def deco(f):
        async def wrapper(*args):
            return ["wrapped", await f(*args)]

        return wrapper

    @deco
    async def decorated(x):
        """Documented."""
        return x

    print(await decorated(5), decorated.__name__, decorated.__qualname__)
    fs = {"a": counter, "b": lambda: counter()}
    print(await fs["a"](), await fs["b"]())


run(main())
print(Base.greet.__name__, Base.greet.__qualname__, Base.greet.__defaults__)


async def deep(n):
    if n == 0:
        await Pause()
        return 0
    return 1 + await deep(n - 1)


print(run(deep(150)))


async def forever(n):
    return await forever(n + 1)


try:
    run(forever(0))
except RecursionError as e:
    print("RecursionError", str(e).startswith("maximum recursion depth exceeded"))

pick = True
if pick:
    async def chosen():
        return "first"
else:
    async def chosen():
        return "second"
print(run(chosen()))


async def chosen():
    return "rebound"


print(run(chosen()))


async def calls():
    return await chosen()


print(run(calls()))
chosen = lambda: Ready()


class Ready:
    def __await__(self):
        return iter(())


print(run(calls()))


async def many(a, b, c, d, e, f, g, h, i, j, *, k, **kw):
    await Pause()
    x = a + b
    await Pause()
    return x, c, d, e, f, g, h, i, j, k, kw


print(run(many(*range(10), k=11, z=12)))


async def floats(n):
    total, count = 0.5, 0
    for i in range(n):
        total += i * 0.5
        count += i
        if i % 3 == 0:
            await Pause()
    return total, count


print(run(floats(100)))


async def unbound(flag):
    if flag:
        x = 1
    await Pause()
    return x


print(run(unbound(True)))
try:
    run(unbound(False))
except UnboundLocalError as e:
    print(e)
