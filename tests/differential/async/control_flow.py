# await inside every kind of statement that can be left.
class Pause:
    def __init__(self, v=None):
        self.v = v

    def __await__(self):
        yield self.v
        return self.v


def run(c):
    seen = []
    try:
        while True:
            seen.append(c.send(None))
    except StopIteration as e:
        return e.value, seen
    except Exception as e:
        return repr(e), seen


async def try_finally(how):
    for i in range(3):
        try:
            await Pause(i)
            if how == "return":
                return "returned"
            if how == "break":
                break
            if how == "continue":
                continue
            if how == "raise":
                raise KeyError(how)
        except KeyError as e:
            await Pause("except")
            if i == 1:
                raise
        else:
            await Pause("else")
        finally:
            await Pause("finally")
    else:
        return "loop else"
    return "end"


for how in ("return", "break", "continue", "raise", "none"):
    print(how, run(try_finally(how)))


async def finally_overrides():
    try:
        await Pause(1)
        return "try"
    finally:
        return await Pause("finally")


print(run(finally_overrides()))


async def finally_swallows():
    while True:
        try:
            1 / 0
        finally:
            await Pause("f")
            break
    return "swallowed"


print(run(finally_swallows()))


async def whiles():
    n = 0
    while await Pause(n) < 3:
        n += 1
    else:
        n = await Pause("else")
    return n


print(run(whiles()))


async def nested_finally():
    try:
        try:
            await Pause("a")
            raise ValueError("inner")
        finally:
            await Pause("b")
            try:
                raise KeyError("second")
            except KeyError:
                await Pause("c")
    except ValueError as e:
        await Pause("d")
        return repr(e), repr(e.__context__)
    finally:
        await Pause("e")


print(run(nested_finally()))


async def conditional(x):
    return (await Pause("yes")) if await Pause(x) else (await Pause("no"))


print(run(conditional(0)), run(conditional(1)))


async def short(a, b):
    return await Pause(a) and await Pause(b) or await Pause("z")


print(run(short(1, 2)), run(short(0, 2)), run(short(1, 0)))


async def chained():
    return await Pause(1) < await Pause(2) > await Pause(5) < await Pause(9)


print(run(chained()))


async def with_sync():
    class S:
        def __enter__(self):
            return 1

        def __exit__(self, *args):
            print("exit", args[0])
            return True

    with S() as s:
        await Pause(s)
        raise ValueError
    with S():
        return await Pause("in with")


print(run(with_sync()))


async def order():
    def f(*args, **kw):
        return args, kw

    return f(await Pause(1), *[await Pause(2)], x=await Pause(3), **{"y": await Pause(4)})


print(run(order()))


async def assigns():
    a = b = await Pause(1)
    c, (d, *e) = await Pause(2), await Pause([3, 4, 5])
    a += await Pause(10)
    x: int = await Pause(6)
    lst = [0, 0]
    lst[await Pause(0)], lst[await Pause(1)] = await Pause("p"), await Pause("q")
    lst[0] += await Pause("r")
    return a, b, c, d, e, x, lst


print(run(assigns()))


async def in_handler():
    try:
        raise await Pause(ValueError("awaited"))
    except (await Pause(TypeError), ValueError) as e:
        return repr(e)


print(run(in_handler()))


async def asserts(ok):
    assert await Pause(ok), await Pause("message")
    return "fine"


print(run(asserts(True)), run(asserts(False)))
