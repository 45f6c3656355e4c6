# Containers of one's own: the sequence, mapping and iterator protocols.
class Ring:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(2 * len(self)))]
        return self.items[i % len(self.items)]

    def __setitem__(self, i, v):
        self.items[i % len(self.items)] = v

    def __delitem__(self, i):
        del self.items[i % len(self.items)]

    def __contains__(self, x):
        print("contains", end=" ")
        return x in self.items

    def __reversed__(self):
        return iter("custom reversed")

    def __iter__(self):
        return RingIter(self)


class RingIter:
    def __init__(self, ring):
        self.ring, self.i = ring, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= len(self.ring):
            raise StopIteration
        self.i += 1
        return self.ring[self.i - 1]


r = Ring("abc")
r[4] = "B"
print(r[5], r[-1], len(r), list(r), "B" in r, "z" not in r, r[1:5], [*r], "".join(r), "".join(reversed(r)), max(r), sorted(r), dict(zip(r, range(9))))
del r[0]
print(list(r))
x, y = r
print(x, y)


class OldStyle:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError("done")
        return i * 10


o = OldStyle()
print(list(o), 20 in o, 5 in o, [v for v in o], max(o), sum(o), list(zip(o, o)))
it = iter(o)
print(next(it), next(it), next(it), next(it, "end"))
for f in (lambda: len(o), lambda: reversed(o), lambda: o[0:1], lambda: iter(5), lambda: next(5), lambda: 1 in 5, lambda: list(r.__len__), lambda: {}.x[0]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class BadIter:
    def __iter__(self):
        return 5


class NoNext:
    def __iter__(self):
        return self


class BadLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for f in (lambda: list(BadIter()), lambda: [x for x in NoNext()], lambda: len(BadLen(-1)), lambda: len(BadLen("x")), lambda: len(BadLen(2**70)), lambda: len(BadLen(1.5))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(len(BadLen(True)), list(iter([1, 2, 3].pop, 1)), list(iter(iter("abx").__next__, "x")))


class Unhashable:
    __hash__ = None


class NotIterable:
    __iter__ = None


for f in (lambda: hash(Unhashable()), lambda: iter(NotIterable()), lambda: 1 in NotIterable()):
    try:
        f()
    except TypeError as e:
        print(e)
