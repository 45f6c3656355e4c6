# async for over every kind of thing.
class Pause:
    def __await__(self):
        yield


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Pause()
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


class Has:
    pass


def returns(aiter=None, anext=None):
    class C:
        def __aiter__(self):
            return self if aiter is None else aiter

        def __anext__(self):
            return anext

    return C()


async def each(x, stop=None, skip=None):
    out = []
    async for i in x:
        if i == stop:
            out.append("break")
            break
        if i == skip:
            continue
        out.append(i)
    else:
        out.append("else")
    return out


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value
    except Exception as e:
        return type(e).__name__, str(e), repr(e.__cause__), repr(e.__context__)


print(run(each(Count(3))))
print(run(each(Count(3), stop=2)))
print(run(each(Count(3), skip=2)))
print(run(each(Count(0))))
print(run(each(3)))
print(run(each([1, 2])))
print(run(each(Has())))
print(run(each(returns(aiter=5))))
print(run(each(returns(aiter=[]))))
print(run(each(returns(anext=5))))
print(run(each(returns(anext=None))))


class NoNext:
    def __aiter__(self):
        return self


print(run(each(NoNext())))


class Breaks(Count):
    async def __anext__(self):
        if self.i == 1:
            raise KeyError("in __anext__")
        return await Count.__anext__(self)


class Sync(Count):
    def __anext__(self):
        raise StopAsyncIteration


class SyncError(Count):
    def __anext__(self):
        return 1 / 0


print(run(each(Breaks(3))))
print(run(each(Sync(3))))
print(run(each(SyncError(3))))


async def body_raises():
    async for i in Count(3):
        raise StopAsyncIteration("from the body")


print(run(body_raises()))


async def nested():
    out = []
    async for i in Count(2):
        async for j in Count(2):
            if j == 2:
                continue
            out.append((i, j))
        for k in range(2):
            out.append(k)
    return out, i, j


print(run(nested()))


async def unpack():
    class Pairs(Count):
        async def __anext__(self):
            n = await super().__anext__()
            return n, n * n

    d = {}
    async for d["k"], [*d2] in [] or Pairs1():
        pass
    return d, d2


class Pairs1(Count):
    def __init__(self):
        super().__init__(2)

    async def __anext__(self):
        n = await super().__anext__()
        return n, (n, n * n)


print(run(unpack()))


async def returns_inside():
    async for i in Count(5):
        try:
            if i == 2:
                return "ret %d" % i
        finally:
            print("finally", i)


print(run(returns_inside()))


class DeletesAnext(Count):
    def __aiter__(self):
        return self


d = DeletesAnext(4)


async def loses():
    async for i in d:
        print(i)
        type(d).__anext__ = None if i == 2 else Count.__anext__


print(run(loses()))
