# Asynchronous generators: asend, athrow, aclose, and the end.
class Pause:
    def __init__(self, name="pause"):
        self.name = name

    def __await__(self):
        return (yield self.name)


async def gen(n):
    try:
        for i in range(n):
            await Pause()
            got = yield i
            print("got", got)
    except ValueError as e:
        print("caught", e)
        yield "after"
    finally:
        print("closing")
        await Pause("closing")


def run(c, log=True):
    try:
        while True:
            r = c.send(None)
            if log:
                print("  ..", r)
    except StopIteration as e:
        return "value", e.value
    except BaseException as e:
        return type(e).__name__, str(e), repr(e.__cause__)


g = gen(2)
print(type(g).__name__, repr(g).startswith("<async_generator object gen at 0x"))
print(g.__name__, g.__qualname__, g.ag_running, g.ag_await, g.ag_frame is not None, g.ag_code.co_name)
print(gen.__code__.co_flags & 0x200 != 0, g.__aiter__() is g)
print(run(g.__anext__()))
print(run(g.asend("x")))
print(run(g.__anext__()))
print(run(g.__anext__()))
print(g.ag_running, g.ag_await, g.ag_frame)
print(run(g.aclose()), run(g.athrow(KeyError)), run(g.asend(3)))

g = gen(5)
print(run(g.asend(1)))
g = gen(5)
print(run(g.asend(None)))
print(run(g.athrow(ValueError("v"))))
print(run(g.__anext__()))

g = gen(5)
print(run(g.__anext__()))
print(run(g.aclose()))
print(run(g.aclose()))
print(run(g.__anext__()))

g = gen(5)
print(run(g.aclose()))
print(run(g.__anext__()))

g = gen(5)
print(run(g.athrow(KeyError("before"))))
print(run(g.__anext__()))

g = gen(5)
print(run(g.__anext__()))
print(run(g.athrow(KeyError("during"))))
print(run(g.athrow(GeneratorExit)))


async def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = ignores()
print(run(g.__anext__()))
print(run(g.aclose()))


async def awaits_in_close():
    try:
        yield 1
    except GeneratorExit:
        await Pause("c1")
        await Pause("c2")


g = awaits_in_close()
print(run(g.__anext__()))
print(run(g.aclose()))

g = gen(3)
for args in ((), (3,), (int,)):
    print(run(g.athrow(*args)))
for f in (lambda: iter(g), lambda: next(g), lambda: list(g), lambda: g.send(None)):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(e)


async def await_it():
    await gen(1)


print(run(await_it()))
print(type(g)[int])


async def empty():
    return
    yield


print(run(empty().__anext__()))
