# items() whose tuples are kept or not, and get/pop of what is a dict or list, or only looks like one.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


d = {i: i * i for i in range(6)}
total = 0
for k, v in d.items():
    total += k * v
print(total)
kept = [item for item in d.items()]
print(kept, kept[0] is kept[1])
some = []
for item in d.items():
    if item[0] % 3 == 0:
        some.append(item)
print(some)
last = None
for item in d.items():
    print(item, last, item is last)
    last = item
it = iter(d.items())
a = next(it)
b = next(it)
print(a, b, next(it), a)
first = next(it)
k, v = first
del first
print(k, v, next(it), k, v)
for pair in reversed(d.items()):
    k, v = pair
print(k, v, pair)
for (k, v), n in zip(d.items(), range(3)):
    print(k, v, n)
nested = [(x, y) for x in d.items() for y in {"a": 1, "b": 2}.items() if x[0] < 2]
print(nested)


def holders():
    d = {"a": Noisy("one"), "b": Noisy("two")}
    for k, v in d.items():
        print(k, v.name)
        d[k] = None
    print("cleared")
    v = None
    print("end")


holders()
seen = set()
for item in {1: 2, 3: 4}.items():
    seen.add(item)
print(sorted(seen))
try:
    for k, v in d.items():
        d[k + 100] = 1
except RuntimeError as e:
    print(e)


class Like:
    def get(self, key, default="none"):
        return "like", key, default

    def pop(self, index=-1):
        return "popped", index


class D(dict):
    def get(self, key, default=None):
        return "sub", key, default


class L(list):
    def pop(self, index=0):
        return "sub", index


class Key:
    def __hash__(self):
        print("hash")
        return 1

    def __eq__(self, other):
        print("eq")
        return True


def get(d, k):
    return d.get(k)


def get_or(d, k, other):
    return d.get(k, other)


def pop(xs):
    return xs.pop()


def pop_at(xs, n):
    return xs.pop(n)


def pop_first(xs):
    return xs.pop(0)


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


for x in ({1: "a"}, {}, {Key(): "k"}, Like(), D(), [1], None, {1: None}):
    attempt(get, x, 1)
    attempt(get_or, x, 1, "other")
attempt(get, {}, [])
attempt(get_or, {}, {}, 1)
for x in ([1, 2, 3], [], Like(), L(), {0: "zero", 1: "one"}, {5}, set(), None):
    attempt(pop, x)
    attempt(pop_first, x)
    attempt(pop_at, x, 1)
    attempt(pop_at, x, -5)
attempt(pop_at, [1, 2], True)
attempt(pop_at, [1, 2], 2**70)
attempt(pop_at, [1, 2], "x")


def drain(xs):
    out = []
    while xs:
        out.append(xs.pop())
        if len(xs) > 3:
            out.append(xs.pop(0))
        if len(xs) > 5:
            out.append(xs.pop(-2))
    return out


print(drain(list(range(20))))
held = [Noisy("x"), Noisy("y")]
held.pop().name
held.pop(0)
print("done")


class Stack:
    def __init__(self):
        self.items = []

    def pop(self):
        if not self.items:
            raise IndexError("empty stack")
        return self.items.pop()


s = Stack()
s.items.append(1)
print(s.pop())
attempt(s.pop)
[].pop()
