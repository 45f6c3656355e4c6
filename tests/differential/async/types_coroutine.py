# Generators that await takes: types.coroutine.
import sys


def coroutine(function):
    if hasattr(sys, "_mark_iterable_coroutine"):
        mark = sys._mark_iterable_coroutine
        return lambda *args: mark(function(*args))
    code = function.__code__
    function.__code__ = code.replace(co_flags=code.co_flags | 0x100)
    return function


@coroutine
def pause(v):
    try:
        got = yield v
        return "got", got
    except KeyError as e:
        return "caught", e.args
    finally:
        print("pause ends", v)


async def waits(v):
    return await pause(v)


def step(f, *args):
    try:
        print("->", f(*args))
    except BaseException as e:
        print("!!", type(e).__name__, e)


c = waits(1)
step(c.send, None)
print(type(c.cr_await).__name__)
step(c.send, "x")
c = waits(2)
step(c.send, None)
step(c.throw, KeyError("k"))
c = waits(3)
step(c.send, None)
step(c.close)


class Awaitable:
    def __await__(self):
        return pause("in __await__")


async def direct():
    return await Awaitable()


step(direct().send, None)


class Items:
    def __init__(self):
        self.n = 0

    def __aiter__(self):
        return self

    def __anext__(self):
        self.n += 1
        return pause(self.n)


async def items():
    async for x in Items():
        return x


c = items()
step(c.send, None)
step(c.send, "item")


def plain():
    yield 1


async def refuses():
    await plain()


step(refuses().send, None)
print([x for x in pause("a generator still")])


w = waits(1)


def delegates():
    return (yield from w)


step(next, delegates())
w.close()
