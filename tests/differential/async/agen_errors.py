# What asynchronous generators raise, and what is raised into them.
class Pause:
    def __await__(self):
        yield


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return "value", e.value
    except BaseException as e:
        return type(e).__name__, str(e), repr(e.__cause__), repr(e.__context__)


async def raises(e):
    yield 0
    await Pause()
    raise e


async def consume(g):
    return [x async for x in g]


for e in (ValueError(1), StopIteration(2), StopAsyncIteration(3), GeneratorExit(4), KeyboardInterrupt(5)):
    g = raises(e)
    print(run(consume(g)))
    print(run(g.__anext__()), run(g.aclose()))


async def nested():
    try:
        async for x in raises(KeyError("deep")):
            yield x
    except KeyError as e:
        yield repr(e)
    try:
        async for x in raises(OSError("again")):
            yield x
    finally:
        yield "finally"


print(run(consume(nested())))


async def handles():
    while True:
        try:
            yield "ready"
        except ValueError as e:
            yield repr(e)
        except TypeError:
            await Pause()


async def drive():
    g = handles()
    print(await anext(g))
    print(await g.athrow(ValueError("x")))
    print(await anext(g))
    print(await g.athrow(TypeError("t")))
    try:
        await g.athrow(KeyError("out"))
    except KeyError as e:
        print(repr(e))
    try:
        await anext(g)
    except StopAsyncIteration as e:
        print("ended", e.args)
    await g.aclose()


print(run(drive()))


async def early():
    print("never runs")
    yield


async def drive2():
    g = early()
    try:
        await g.athrow(ValueError("early"))
    except ValueError as e:
        tb, names = e.__traceback__, []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(names)
    print([x async for x in g])


print(run(drive2()))


async def parallel():
    await Pause()
    yield 1
    await Pause()
    yield 2


g = parallel()
a, b = g.__anext__(), g.__anext__()
a.send(None)
for f in (lambda: b.send(None), lambda: g.aclose().send(None), lambda: g.athrow(ValueError()).send(None)):
    try:
        f()
    except RuntimeError as e:
        print(e)
print(run(a), run(g.__anext__()), run(g.__anext__()))


async def swallow_exit():
    try:
        yield 1
    except GeneratorExit:
        pass


async def return_exit():
    try:
        yield 1
    finally:
        return


async def raise_exit():
    try:
        yield 1
    except GeneratorExit:
        raise KeyError("instead")


for make in (swallow_exit, return_exit, raise_exit):
    g = make()
    run(g.__anext__())
    print(run(g.aclose()), run(g.aclose()))
