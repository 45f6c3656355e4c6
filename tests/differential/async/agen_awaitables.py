# The awaitables of asynchronous generators, driven by hand.
class Pause:
    def __await__(self):
        return (yield "pause")


async def gen():
    try:
        x = yield 1
        print("x", x)
        await Pause()
        y = yield 2
        print("y", y)
    except ZeroDivisionError as e:
        print("caught", e)
        await Pause()
        yield "recovered"


def show(f, *args):
    try:
        print("->", f(*args))
    except BaseException as e:
        print("!!", type(e).__name__, e)


g = gen()
a = g.asend(None)
print(type(a).__name__, iter(a) is a, a.__await__() is a)
show(a.send, None)
show(a.send, None)
show(a.throw, ValueError())
print(a.close())
a = g.asend("hello")
show(a.send, "ignored for the value given")
a2 = g.__anext__()
print(g.ag_running)
show(a2.send, None)
b = g.aclose()
show(b.send, None)
b = g.athrow(KeyError())
show(b.send, None)
show(a.send, None)
show(next, a)
print(g.ag_running)

g = gen()
show(next, g.__anext__())
a = g.__anext__()
show(next, a)
print(g.ag_running, type(g.ag_await).__name__)
show(a.throw, ZeroDivisionError("thrown in the await"))
show(next, a)
show(next, a)
show(next, g.__anext__())

g = gen()
show(next, g.__anext__())
t = g.athrow(ZeroDivisionError("at the yield"))
print(type(t).__name__, iter(t) is t, t.__await__() is t)
show(t.send, 5)
show(t.send, None)
show(t.send, None)
show(t.send, None)
print(t.close())

g = gen()
show(next, g.__anext__())
c = g.aclose()
print(type(c).__name__)
show(next, c)
show(next, c)

g = gen()
a = g.__anext__()
a.close()
show(a.send, None)
t = g.athrow(ValueError())
t.close()
show(t.send, None)
a = g.__anext__()
show(a.throw, ValueError("before the first step"))
show(a.send, None)
show(next, g.__anext__())

g = gen()
show(next, g.__anext__())
a = g.__anext__()
show(next, a)
show(a.throw, GeneratorExit())
show(next, g.__anext__())
show(next, g.aclose())


async def own():
    try:
        await g2.__anext__()
    except RuntimeError as e:
        print(e)
    try:
        await g2.aclose()
    except RuntimeError as e:
        print(e)
    try:
        await g2.athrow(KeyError())
    except RuntimeError as e:
        print(e)
    yield "fine"


g2 = own()
show(next, g2.__anext__())
show(next, g2.__anext__())
show(g2.asend, 1, 2)
show(g2.aclose, 1)
for kind in (type(g2.aclose()), type(g2.__anext__())):
    show(kind)
