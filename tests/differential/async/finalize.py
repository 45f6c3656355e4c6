# Dropped coroutines and asynchronous generators run their finally blocks.
class Pause:
    def __await__(self):
        try:
            yield
        finally:
            print("pause ends")


async def waits(name):
    try:
        await Pause()
    finally:
        print("finally", name)


def start(c):
    c.send(None)
    return c


start(waits("dropped"))
c = start(waits("rebound"))
c = None
cs = [start(waits(i)) for i in range(3)]
del cs[1]
cs.clear()


async def outer():
    try:
        await waits("inner")
    finally:
        print("outer")


c = start(outer())
del c


async def agen(name):
    try:
        yield 1
        yield 2
    finally:
        print("agen finally", name)


async def use():
    async for x in agen("broken out of"):
        break
    print("after break")
    g = agen("held")
    await g.__anext__()
    print("before del")
    del g
    print("after del")


try:
    use().send(None)
except StopIteration:
    pass


class Holder:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


async def holds(h):
    await Pause()
    print(h)


c = start(holds(Holder("argument")))
print("suspended")
del c
c = holds(Holder("unstarted"))
c.close()
print("closed")
del c


async def returns(h):
    return h


try:
    returns(Holder("returned")).send(None)
except StopIteration as e:
    print(e.value.name)
    e = None
print("end")
