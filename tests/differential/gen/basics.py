# Generators: laziness, state, exhaustion, return values.
def count(n):
    print("start", end=" ")
    i = 0
    while i < n:
        yield i
        i += 1
    print("end", end=" ")
    return "result"


g = count(2)
print(type(g).__name__, g.__name__, iter(g) is g)
print(next(g))
print(next(g))
try:
    next(g)
except StopIteration as e:
    print(e.value, e.args)
try:
    next(g)
except StopIteration as e:
    print(e.value, e.args)
print(list(g), next(g, "default"), list(count(3)), [*count(2)], sum(count(5)), max(count(4)), 2 in count(5))


def empty():
    return
    yield


def bare():
    x = yield
    print("got", x)


print(list(empty()))
b = bare()
print(next(b))
try:
    b.send("value")
except StopIteration:
    print("stopped")


def infinite():
    n = 1
    while True:
        yield n
        n *= 2


def take(n, it):
    for _, v in zip(range(n), it):
        yield v


print(list(take(70, infinite()))[-3:])


def two_exits(flag):
    if flag:
        return 1
    yield "only"
    return 2


for f in (True, False):
    g = two_exits(f)
    try:
        while True:
            print(next(g), end=" ")
    except StopIteration as e:
        print(e.value)


class Tree:
    def __init__(self, v, *kids):
        self.v, self.kids = v, kids

    def __iter__(self):
        yield self.v
        for k in self.kids:
            yield from k


print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))
squares = (x * x for x in range(5))
print(next(squares), list(squares), squares.__name__, type(squares).__name__)
a, b, *c = count(4)
print(a, b, c)


def late(*args, **kw):
    yield args, kw


print(next(late(1, k=2)))
try:
    late_err = count()
except TypeError as e:
    print(e)
print([list(g) for g in [(y for y in range(x)) for x in range(3)]])
