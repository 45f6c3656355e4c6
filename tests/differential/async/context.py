# The handled exception belongs to each coroutine.
import sys


class Pause:
    def __await__(self):
        yield


def handled():
    return repr(sys.exc_info()[1])


async def handles(name):
    try:
        raise ValueError(name)
    except ValueError:
        await Pause()
        print(name, handled())
        try:
            await fails()
        except KeyError as e:
            print(name, repr(e), repr(e.__context__))
        await Pause()
        print(name, handled())
    print(name, handled())
    await Pause()
    print(name, handled())


async def fails():
    print("fails", handled())
    await Pause()
    raise KeyError("fails")


def step(c):
    try:
        c.send(None)
    except StopIteration:
        return False
    return True


a, b = handles("a"), handles("b")
todo = [a, b]
try:
    raise TypeError("driver")
except TypeError:
    while todo:
        c = todo.pop(0)
        if step(c):
            todo.append(c)
        print("driver", handled())


async def reraises():
    try:
        raise ValueError("v")
    except ValueError:
        await Pause()
        raise


c = reraises()
c.send(None)
try:
    c.send(None)
except ValueError as e:
    print(repr(e), repr(e.__context__))


async def bare():
    await Pause()
    raise


c = bare()
c.send(None)
try:
    raise KeyError("outside")
except KeyError:
    try:
        c.send(None)
    except (KeyError, RuntimeError) as e:
        print(repr(e))


async def chain():
    try:
        await fails()
    except KeyError:
        try:
            await fails()
        except KeyError as e:
            print(repr(e.__context__))
            raise LookupError("last")


c = chain()
c.send(None)
c.send(None)
try:
    c.send(None)
except LookupError as e:
    while e:
        print(repr(e))
        e = e.__context__


class CM:
    async def __aenter__(self):
        print("enter", handled())

    async def __aexit__(self, kind, value, tb):
        await Pause()
        print("exit", handled())
        return True


async def with_context():
    async with CM():
        await Pause()
        raise OSError("in with")
    print("after", handled())


c = with_context()
while step(c):
    pass
