# StopIteration in places where it means something and where it does not.
def attempt(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e, repr(getattr(e, "value", None)))


class Stops:
    def __init__(self, v):
        self.v = v

    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(self.v)

    def __getitem__(self, i):
        raise StopIteration

    def __call__(self):
        raise StopIteration("called")


def gen_return(v):
    return v
    yield


attempt(lambda: next(Stops(1)))
attempt(lambda: list(Stops(1)))
attempt(lambda: [x for x in Stops(1)])
attempt(lambda: next(Stops(1), "default"))
attempt(lambda: next(gen_return((1, 2))))
attempt(lambda: next(gen_return(None)))
attempt(lambda: next(gen_return(ValueError("as value"))))
attempt(lambda: max(Stops(1)))
attempt(lambda: max(Stops(1), default="none"))
attempt(lambda: tuple(map(lambda x: next(iter([])), [1, 2])))
attempt(lambda: [next(iter([])) for _ in range(2)])
attempt(lambda: list(next(iter([])) for _ in range(2)))
attempt(lambda: sum(Stops(0)))
attempt(lambda: dict(Stops(0)))
attempt(lambda: iter(Stops(5), 1).__next__())
attempt(lambda: list(iter(Stops(5), 1)))
attempt(lambda: list(zip(Stops(1), [1])))
attempt(lambda: any(Stops(1)))
attempt(lambda: Stops(1)[0])


def manual(it):
    out = []
    try:
        while True:
            out.append(next(it))
    except StopIteration as e:
        return out, e.value


def inner():
    yield 1
    return "inner value"


def outer():
    got = yield from inner()
    yield got
    return (yield from gen_return("last"))


print(manual(outer()), manual(iter([1, 2])), manual(Stops("v")))
e = StopIteration(1, 2)
print(e.value, e.args, repr(e), StopIteration().value)
e.value = "set"
print(e.value, e.args)
