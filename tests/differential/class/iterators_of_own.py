# Iterators with state of their own, restartable iterables, infinite ones, sentinels.
class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return CountIter(self.n)


class CountIter:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i == self.n:
            raise StopIteration
        self.i += 1
        return self.i


class Fib:
    def __init__(self):
        self.a, self.b = 0, 1

    def __iter__(self):
        return self

    def __next__(self):
        self.a, self.b = self.b, self.a + self.b
        return self.a


class Flaky:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n % 3 == 0:
            raise ValueError(f"at {self.n}")
        if self.n > 7:
            raise StopIteration
        return self.n


c = Count(3)
print(list(c), list(c), [(a, b) for a in c for b in c if a < b], sum(c), max(c), 2 in c, dict(zip(c, c)), [*c, *c])
it = iter(c)
print(next(it), list(it), list(it))
f = Fib()
print([next(f) for _ in range(5)], next(x for x in f if x > 50), next(f))
fl, got = Flaky(), []
while True:
    try:
        for x in fl:
            got.append(x)
        break
    except ValueError as e:
        got.append(str(e))
print(got)
values = iter([3, 2, 1, 0, 5])
print(list(iter(lambda: next(values), 0)), next(values))
pushed = []
print(list(iter(iter(range(10)).__next__, 4)), list(map(pushed.append, [1, 2])), pushed)


class Peek:
    def __init__(self, it):
        self.it = iter(it)
        self.buf = []

    def __iter__(self):
        return self

    def __next__(self):
        return self.buf.pop(0) if self.buf else next(self.it)

    def peek(self, default=None):
        if not self.buf:
            try:
                self.buf.append(next(self.it))
            except StopIteration:
                return default
        return self.buf[0]


p = Peek("aab")
runs = []
while p.peek() is not None:
    ch, n = next(p), 1
    while p.peek() == ch:
        next(p)
        n += 1
    runs.append((ch, n))
print(runs, p.peek("empty"))
a, b, *rest = Count(5)
print(a, b, rest)
for bad in (Count, 5, CountIter(1).__next__):
    try:
        for x in bad:
            print(x)
    except TypeError as e:
        print(e)
