# The recursion limit counts frames: of methods, generators, comprehensions, callbacks of native functions. How many exactly is not
# printed: native functions between take part in CPython's count.
import sys

count = 0


class C:
    def method(self, x):
        global count
        count += 1
        return self.method(x + 1)

    def __getattr__(self, name):
        global count
        count += 1
        return getattr(self, name + "a")

    def __call__(self, *args, **kwargs):
        global count
        count += 1
        return self(*args, **kwargs)

    def __repr__(self):
        global count
        count += 1
        return repr(self)


def delegate(n):
    global count
    count += 1
    yield from delegate(n + 1)


def even(n):
    global count
    count += 1
    return odd(n - 1)


def odd(n):
    global count
    count += 1
    return even(n - 1)


def keyed(x):
    global count
    count += 1
    return sorted([x], key=keyed)


def floats(x):
    global count
    count += 1
    return floats(x * 0.5) + 1.0


def nested(n):
    global count
    count += 1
    return [nested(n) for _ in range(1)]


def generated(n):
    global count
    count += 1
    return list(generated(n) for _ in range(1))


def run(name, f):
    global count
    for limit in (300, 150):
        sys.setrecursionlimit(limit)
        count = 0
        try:
            f()
        except RecursionError as e:
            print(name, limit, limit // 3 < count <= limit + 5, e)


c = C()
run("method", lambda: c.method(0))
run("__getattr__", lambda: c.attribute)
run("__call__", lambda: c(1, k=2))
run("__repr__", lambda: repr(c))
run("yield from", lambda: list(delegate(0)))
run("two functions", lambda: even(0))
run("key function", lambda: keyed(0))
run("floats", lambda: floats(1.0))
run("comprehension", lambda: nested(1))
run("generator expression", lambda: generated(1))
