# The coroutine object itself.
class Pause:
    def __await__(self):
        return (yield "pause")


async def f(a, *, b=2):
    """Doc."""
    await Pause()
    return a + b


c = f(1)
print(type(c), type(c).__name__, type(c).__module__)
print(c.__name__, c.__qualname__, repr(c).startswith("<coroutine object f at 0x"))
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_origin)
print(c.cr_code is f.__code__ or c.cr_code == f.__code__, c.cr_frame is not None)
print(f.__code__.co_flags & 0x80 != 0, f.__code__.co_flags & 0x220)
print(c.send(None))
print(c.cr_running, c.cr_suspended, type(c.cr_await).__name__)
try:
    c.send(None)
except StopIteration as e:
    print("value", e.value, e.args)
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_frame)
for again in (lambda: c.send(None), lambda: c.throw(ValueError("v"))):
    try:
        again()
    except RuntimeError as e:
        print(type(e).__name__, e)
print(c.close())

c = f(1)
try:
    c.send(5)
except TypeError as e:
    print(e)
c.close()
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)

for attempt in (lambda x: iter(x), lambda x: next(x), lambda x: list(x), lambda x: [y for y in x]):
    c = f(1)
    try:
        attempt(c)
    except TypeError as e:
        print(e)
    c.close()

c = f(5, b=6)
w = c.__await__()
print(type(w).__name__, iter(w) is w)
print(next(w))
try:
    w.send(None)
except StopIteration as e:
    print(e.value)
try:
    next(w)
except RuntimeError as e:
    print(e)

c = f(5)
w = c.__await__()
print(w.send(None))
try:
    w.throw(KeyError("k"))
except KeyError as e:
    print("KeyError", e)
c = f(5)
w = c.__await__()
next(w)
print(w.close(), c.cr_frame)

try:
    type(c)()
except TypeError as e:
    print(e)
try:
    class Sub(type(c)):
        pass
except TypeError as e:
    print(e)
try:
    f()
except TypeError as e:
    print(e)
try:
    f(1, 2)
except TypeError as e:
    print(e)
for name in ("cr_running", "cr_await", "cr_code", "cr_frame"):
    try:
        setattr(c, name, 1)
    except AttributeError as e:
        print(e)
