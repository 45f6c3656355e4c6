# throw and close, into a coroutine and into what it awaits.
class Pause:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        try:
            got = yield self.name
            print(self.name, "got", got)
            return got
        except ValueError as e:
            print(self.name, "caught", e)
            return "recovered"
        finally:
            print(self.name, "finally")


class Plain:
    """An iterator with nothing but __next__."""

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return "plain"


class Own:
    def __await__(self):
        return self

    def __next__(self):
        return "own"

    def send(self, value):
        print("send", value)
        if value == "stop":
            raise StopIteration("stopped")
        return ("sent", value)

    def throw(self, *args):
        print("throw", args)
        if args[0] is KeyError or isinstance(args[0], KeyError):
            raise StopIteration("from throw")
        raise args[0]

    def close(self):
        print("close")


async def run(x):
    try:
        print("result", await x)
        return "done"
    except LookupError as e:
        print("lookup", repr(e))
    finally:
        print("run finally")


def show(f, *args):
    try:
        print("->", f(*args))
    except BaseException as e:
        print("!!", type(e).__name__, e, repr(e.__context__))


for thing in (Pause("p"), Plain(), Own()):
    print("==", type(thing).__name__)
    c = run(thing)
    show(c.send, None)
    show(c.send, 7)
    c.close()
    c = run(thing)
    show(c.send, None)
    show(c.throw, ValueError("v"))
    show(c.close)
    c = run(thing)
    show(c.send, None)
    show(c.throw, KeyError())
    show(c.close)
    c = run(thing)
    show(c.send, None)
    show(c.throw, GeneratorExit())
    c = run(thing)
    show(c.send, None)
    show(c.close)
    show(c.close)

c = run(Own())
show(c.send, None)
show(c.send, "stop")


async def stubborn():
    while True:
        try:
            await Pause("s")
        except GeneratorExit:
            print("no")
        except KeyError:
            return "let go"


c = stubborn()
c.send(None)
show(c.close)
show(c.throw, TypeError("out"))
c = stubborn()
c.send(None)
show(c.close)
show(c.throw, KeyError())


async def ends():
    raise RuntimeError("end")


c = stubborn()
show(c.throw, 3)
show(c.throw, int)
show(c.throw)
c.close()


async def handles():
    try:
        raise KeyError("first")
    except KeyError:
        await Pause("h")


c = handles()
c.send(None)
show(c.throw, TypeError("second"))


async def swallow():
    try:
        await Pause("sw")
    except GeneratorExit:
        return "swallowed"


c = swallow()
c.send(None)
show(c.close)
