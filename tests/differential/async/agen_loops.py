# async for over asynchronous generators, nested and broken out of.
class Pause:
    def __init__(self, v=None):
        self.v = v

    def __await__(self):
        return (yield self.v)


async def numbers(n, log):
    try:
        for i in range(n):
            await Pause(i)
            yield i
    finally:
        log.append("closed %d" % n)


async def doubled(source):
    async for x in source:
        yield x * 2


async def flat(*sources):
    for s in sources:
        async for x in s:
            yield x


def run(c):
    pauses = 0
    try:
        while True:
            c.send(None)
            pauses += 1
    except StopIteration as e:
        return pauses, e.value


async def collect(source):
    out = []
    async for x in source:
        out.append(x)
    return out


log = []
print(run(collect(numbers(4, log))), log)
print(run(collect(doubled(numbers(3, log)))), log)
print(run(collect(flat(numbers(2, log), doubled(doubled(numbers(2, log)))))), log)


async def first(source, n):
    async for x in source:
        if x == n:
            return x


log = []
print(run(first(numbers(9, log), 3)), log)


async def manual():
    log = []
    g = numbers(5, log)
    it = aiter(g)
    print(it is g, await anext(it), await it.__anext__())
    await g.aclose()
    print(log)
    return await anext(it, "default")


print(run(manual()))


async def accumulate():
    total = 0
    while True:
        got = yield total
        if got is None:
            return
        total += got


async def sums():
    g = accumulate()
    print(await g.asend(None))
    for i in (1, 10, 100):
        print(await g.asend(i))
    try:
        await g.asend(None)
    except StopAsyncIteration as e:
        print("end", e.args)
    return "ok"


print(run(sums()))


async def context():
    try:
        raise KeyError("outer")
    except KeyError:
        yield 1
        try:
            raise ValueError("inner")
        except ValueError as e:
            yield repr(e.__context__)
    yield 3


async def use_context():
    out = []
    async for x in context():
        try:
            raise TypeError(x)
        except TypeError as e:
            out.append((x, repr(e.__context__)))
    return out


print(run(use_context()))


async def yields_none():
    yield
    yield None
    yield ()
    yield (1, 2)
    yield StopIteration(4)


print(run(collect(yields_none())))


class Resource:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        await Pause()
        print("open", self.name)
        return self

    async def __aexit__(self, *args):
        await Pause()
        print("close", self.name, args[0])


async def lines(name):
    async with Resource(name) as r:
        for i in range(3):
            yield f"{r.name}:{i}"


async def reads():
    async for line in lines("a"):
        print(line)
    g = lines("b")
    print(await anext(g))
    await g.aclose()
    g = lines("c")
    print(await anext(g))
    try:
        await g.athrow(OSError("disk"))
    except OSError as e:
        print(e)


print(run(reads()))
