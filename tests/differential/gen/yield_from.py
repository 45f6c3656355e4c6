# yield from: values, send, throw, return, over any iterable.
def inner():
    got = []
    try:
        while True:
            got.append((yield len(got)))
            if got[-1] == "stop":
                return got
    except ValueError as e:
        yield f"inner caught {e}"
        return "after throw"


def outer():
    r = yield from inner()
    print("inner returned", r)
    r = yield from inner()
    print("again", r)
    return "outer result"


g = outer()
print(next(g), g.send("a"), g.send("b"), g.send("stop"))
print(g.throw(ValueError("v")))
try:
    next(g)
except StopIteration as e:
    print(e.value)


def chain(*its):
    for it in its:
        yield from it


def flatten(x):
    for v in x:
        if isinstance(v, (list, tuple)):
            yield from flatten(v)
        else:
            yield v


print(list(chain("ab", [1], {2: 3}, range(2), (x for x in "z"))), list(flatten([1, (2, [3, [4]]), []])))


def not_iterable():
    yield from 5


try:
    list(not_iterable())
except TypeError as e:
    print(e)


def value_of(x):
    r = yield from x
    print("value", r)


list(value_of([1]))


class It:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("custom value")
        return self.n


print(list(value_of(It())))
g = value_of(iter([1, 2, 3]))
next(g)
try:
    g.send("x")
except AttributeError as e:
    print(e)


class WithSend(It):
    def send(self, v):
        return f"sent {v}"

    def throw(self, e):
        return f"threw {type(e).__name__}"

    def close(self):
        print("closed by delegate")


g = value_of(WithSend())
print(next(g), g.send(5), g.throw(KeyError("x")), next(g))
g.close()


def countdown(n):
    if n:
        yield n
        yield from countdown(n - 1)


print(list(countdown(50))[-3:], sum(countdown(100)))


def returning():
    return 5
    yield


def collect():
    return [(yield from returning()), (yield from returning())]


try:
    next(collect())
except StopIteration as e:
    print(e.value)
