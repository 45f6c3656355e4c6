# Tracebacks through awaits, async for and async with.
class Pause:
    def __await__(self):
        yield


async def bottom(n):
    await Pause()
    return 1 // n


async def middle(n):
    x = 1
    return (
        x
        + await bottom(n)
    )


async def agen(n):
    yield 1
    await middle(n)
    yield 2


class CM:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        await Pause()


async def top():
    async with CM():
        async for x in agen(0):
            print(x)


def lines(e):
    tb, out = e.__traceback__, []
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out


def run(c):
    while True:
        try:
            c.send(None)
        except StopIteration as e:
            return e.value


try:
    run(top())
except ZeroDivisionError as e:
    print(lines(e))

c = middle(1)
c.send(None)
try:
    c.throw(KeyError("thrown"))
except KeyError as e:
    print(lines(e))


async def comp():
    return [
        x
        async for x in agen(0)
        if await middle(x)
    ]


try:
    run(comp())
except ZeroDivisionError as e:
    print(lines(e))


async def two_errors():
    try:
        await middle(0)
    except ZeroDivisionError as e:
        raise LookupError("again") from e


try:
    run(two_errors())
except LookupError as e:
    print(lines(e), lines(e.__cause__))

run(top())
