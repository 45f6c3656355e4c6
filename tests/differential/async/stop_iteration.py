# PEP 479 for coroutines and asynchronous generators.


async def raises(e):
    raise e


async def catches(e):
    try:
        await raises(e)
    except RuntimeError as error:
        print("caught", error, repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
    return 1


def step(c):
    try:
        return c.send(None)
    except BaseException as e:
        return type(e).__name__, str(e), repr(e.__cause__)


print(step(raises(StopIteration())))
print(step(raises(StopIteration(3))))
print(step(raises(StopAsyncIteration(3))))
print(step(raises(GeneratorExit("g"))))
print(step(raises(KeyboardInterrupt("k"))))
print(step(catches(StopIteration(4))))


async def agen(e):
    yield 1
    raise e


async def consume(e):
    try:
        async for x in agen(e):
            print("item", x)
    except RuntimeError as error:
        print("caught", error, repr(error.__cause__), repr(error.__context__))
    except BaseException as error:
        print("other", repr(error))


for e in (StopIteration(1), StopAsyncIteration(2), GeneratorExit(), ValueError(3)):
    print(step(consume(e)))

c = raises(ValueError())
try:
    c.throw(StopIteration("thrown before the start"))
except StopIteration as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
    print("as it is", e)


class Pause:
    def __await__(self):
        yield


async def waits():
    await Pause()


c = waits()
c.send(None)
try:
    c.throw(StopIteration("into the await"))
except RuntimeError as e:
    print(e, repr(e.__cause__))
