# aiter and anext.
class Pause:
    def __await__(self):
        return (yield "pause")


class It:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Pause()
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def gen():
    yield 1


def run(c):
    try:
        while True:
            print("..", c.send(None))
    except StopIteration as e:
        return e.value
    except Exception as e:
        return type(e).__name__, str(e)


async def with_default(it):
    return [await anext(it, "d") for _ in range(3)]


print(run(with_default(It(2))))
print(run(with_default(gen())))


async def none_default():
    return await anext(It(0), None)


print(run(none_default()))


async def no_default(it):
    return await anext(it)


print(run(no_default(It(0))))
print(run(no_default(It(1))))


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


class BadIter:
    def __aiter__(self):
        return 3


class Raises:
    def __aiter__(self):
        raise KeyError("aiter")

    def __anext__(self):
        raise KeyError("anext")


it = It(1)
print(aiter(it) is it)
attempt(aiter, 3)
attempt(aiter, [])
attempt(aiter, BadIter())
attempt(aiter, Raises())
attempt(anext, 3)
attempt(anext, [], 1)
attempt(anext, Raises())
attempt(aiter)
attempt(anext)
attempt(anext, 1, 2, 3)


class NotAwaitable:
    def __anext__(self):
        return 5


attempt(anext, NotAwaitable())
a = anext(NotAwaitable(), "d")
print(type(a).__name__, a.__await__() is a, iter(a) is a)
attempt(next, a)
attempt(a.send, None)

a = anext(gen(), "d")
attempt(a.send, None)
a = anext(It(1), "d")
attempt(a.send, None)
attempt(a.throw, ValueError("v"))
a = anext(It(1), "d")
attempt(next, a)
attempt(a.close)


class Yields:
    def __anext__(self):
        return self

    def __await__(self):
        try:
            yield 1
        except ValueError:
            raise StopAsyncIteration


a = anext(Yields(), "default")
attempt(next, a)


class Own:
    def __anext__(self):
        return self

    def __await__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, value):
        raise StopAsyncIteration(value)

    def throw(self, *args):
        raise StopAsyncIteration

    def close(self):
        print("closed")


a = anext(Own(), "default")
attempt(next, a)
attempt(a.send, 1)
attempt(a.throw, KeyError())
attempt(a.close)
print(callable(aiter), callable(anext), aiter.__name__, anext.__name__)
