# A coroutine is awaited once, by one.
class Pause:
    def __await__(self):
        yield


async def work():
    await Pause()
    return 1


async def waits(c):
    try:
        return await c
    except RuntimeError as e:
        return str(e)


def finish(c):
    while True:
        try:
            c.send(None)
        except StopIteration as e:
            return e.value


w = work()
a, b = waits(w), waits(w)
a.send(None)
print(finish(b))
print(finish(a))
print(finish(waits(w)))


async def selfish():
    try:
        me.send(None)
    except ValueError as e:
        print(e)
    try:
        me.throw(KeyError)
    except ValueError as e:
        print(e)
    try:
        me.close()
    except ValueError as e:
        print(e)
    print(me.cr_running, me.cr_suspended)
    try:
        await me
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__, e)


me = selfish()
finish(me)
