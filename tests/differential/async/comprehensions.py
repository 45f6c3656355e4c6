# await and async for in comprehensions (PEP 530, 709).
class Pause:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        yield
        return self.v


async def agen(n):
    for i in range(n):
        await Pause(0)
        yield i


async def value(x):
    return await Pause(x)


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value
    except Exception as e:
        return type(e).__name__, str(e)


async def basic():
    x = "outer"
    a = [x async for x in agen(4)]
    b = {x % 2 async for x in agen(5)}
    c = {x: await value(x * x) async for x in agen(3) if x}
    d = [await value(x) for x in range(3)]
    e = [(x, y) async for x in agen(3) for y in range(x)]
    f = [(x, y) for x in range(3) async for y in agen(x) if await value(y) == 1]
    g = [x for x in await value([7, 8])]
    h = [[y async for y in agen(x)] for x in range(3)]
    return x, a, b, c, d, e, f, g, h


print(run(basic()))


async def generators():
    g = (x * 2 async for x in agen(3))
    print(type(g).__name__, g.__name__, g.__qualname__)
    a = [x async for x in g]
    h = (await value(x) for x in "ab")
    print(type(h).__name__)
    b = [x async for x in h]
    i = (x for x in await value("xy"))
    print(type(i).__name__)
    j = ([y async for y in agen(x)] for x in range(3))
    print(type(j).__name__)
    return a, b, list(i), [x async for x in j]


print(run(generators()))


def plain():
    return ((await value(x)) for x in range(2)), (x async for x in agen(2)), ([y async for y in agen(2)] for x in "a")


async def from_plain():
    return [[x async for x in g] for g in plain()]


print(run(from_plain()))


async def errors():
    try:
        plain_list = [1, 2]
        [x async for x in plain_list]
    except TypeError as e:
        print(e)
    try:
        [x for x in agen(1)]
    except TypeError as e:
        print(e)
    try:
        (x async for x in 5)
    except TypeError as e:
        print(e)
    try:
        [await 3 for x in range(1)]
    except TypeError as e:
        print(e)
    try:
        [x / 0 async for x in agen(2)]
    except ZeroDivisionError as e:
        print(e)
    try:
        list(x async for x in agen(2))
    except TypeError as e:
        print(e)


run(errors())


async def closures():
    fs = [lambda: x async for x in agen(3)]
    gs = [(lambda n: lambda: n + await_free)(x) async for x in agen(3)]
    return [f() for f in fs], [g() for g in gs]


await_free = 100
print(run(closures()))


async def walrus():
    if any([(last := x) > 1 async for x in agen(5)]):
        return last


print(run(walrus()))


async def formatted():
    w = 6
    return f"{await value(3):>{await value(w)}}|{[x async for x in agen(2)]!r:>10}|{await value('s')!r}"


print(run(formatted()))


async def places():
    d = {await value("k"): await value("v")}
    d[await value("i")] = await value(1)
    t = (await value(1), *await value([2, 3]))
    f = lambda a=await value(5): a
    assert await value(True), await value("no")
    x = await value(2) ** await value(3)
    y = -await value(4)
    z = await value(1) if await value(0) else await value(2)
    w = await value(0) or await value("or")
    c = await value(1) < await value(2) < await value(3)
    s = "abcdef"[await value(1):await value(4)]
    print(*await value([1, 2]), sep=await value("-"), **await value({}))
    del d[await value("i")]
    while await value(len(t)) > 5:
        pass
    for i in await value([1]):
        pass
    try:
        raise await value(KeyError("k"))
    except await value(KeyError) as e:
        print(repr(e))
    match await value([1, 2]):
        case [a, b] if await value(b):
            print(a, b)
    return d, t, f(), x, y, z, w, c, s


print(run(places()))


async def decorated():
    @(await value(lambda f: f))
    def g(x: await value(int) = await value(7)) -> await value(str):
        return x

    class C(await value(object), metaclass=await value(type)):
        pass

    return g(), g.__annotations__, C.__mro__[1]


print(run(decorated()))
