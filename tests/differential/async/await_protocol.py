# What can be awaited, and the words for what can't.
class Value:
    def __init__(self, *values):
        self.values = values

    def __await__(self):
        for value in self.values:
            print("sent", (yield value))
        return "end of %d" % len(self.values)


class Bad:
    def __init__(self, result):
        self.result = result

    def __await__(self):
        return self.result


class Delegates:
    def __await__(self):
        return Value("x").__await__()


async def coroutine(x):
    return x * 2


async def awaits(x):
    return await x


def drive(c):
    sent = None
    n = 0
    while True:
        try:
            print("yielded", c.send(sent))
            sent = n
            n += 1
        except StopIteration as stop:
            return "returned", stop.value
        except Exception as e:
            return type(e).__name__, str(e), type(e.__cause__).__name__


print(drive(awaits(Value(1, 2))))
print(drive(awaits(Value())))
print(drive(awaits(coroutine(21))))
print(drive(awaits(awaits(awaits(Value("deep"))))))
print(drive(awaits(Delegates())))
print(drive(awaits(3)))
print(drive(awaits(None)))
print(drive(awaits([])))
print(drive(awaits("s")))
print(drive(awaits(print)))
print(drive(awaits(Bad(3))))
print(drive(awaits(Bad([1, 2]))))
print(drive(awaits(Bad(iter([1, 2])))))
inner = coroutine(1)
print(drive(awaits(Bad(inner))))
inner.close()


def generator():
    yield 1


print(drive(awaits(generator())))
print(drive(awaits(Value)))


class Raises:
    def __await__(self):
        raise KeyError("no")


print(drive(awaits(Raises())))


class NotCallable:
    __await__ = None


print(drive(awaits(NotCallable())))


class OnInstance:
    pass


o = OnInstance()
o.__await__ = lambda: iter([1])
print(drive(awaits(o)))
