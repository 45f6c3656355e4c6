# Closures share their cells; each call makes new ones.
def counter(start=0):
    n = start

    def up(by=1):
        nonlocal n
        n += by
        return n

    def get():
        return n

    def reset():
        nonlocal n
        n = start

    return up, get, reset


up, get, reset = counter(10)
up2, get2, _ = counter()
print(up(), up(5), up2(), get(), get2())
reset()
print(get())


def loop_capture():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    i = "after"
    return [f() for f in fs]


def comprehension_capture():
    return [f() for f in [lambda: i for i in range(3)]]


def params(a, *b, c=1, **d):
    def inner():
        nonlocal a
        a += 1
        return a, b, c, d

    return inner


print(loop_capture(), comprehension_capture(), params(1, 2, c=3, e=4)())
f = params(1)
print(f()[0], f()[0], f.__closure__ is not None, len(f.__closure__), f.__code__.co_freevars)


def accumulate():
    total = 0
    items = []

    def add(x):
        nonlocal total
        total += x
        items.append(total)
        return items

    return add


add = accumulate()
add(2)
print(add(2**62), add(2**62), add(0.5))


def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x

    return run


print(compose(str, lambda x: x + 1, abs)(-5))


def make_account(balance):
    def withdraw(amount):
        nonlocal balance
        if amount > balance:
            raise ValueError(f"only {balance} left")
        balance -= amount
        return balance

    return withdraw


w = make_account(100)
print(w(30))
try:
    w(100)
except ValueError as e:
    print(e)


def memo(f):
    cache = {}

    def g(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]

    g.cache = cache
    return g


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(fib.cache))


def deep():
    a = 1

    def l1():
        b = 2

        def l2():
            c = 3

            def l3():
                return a + b + c

            return l3

        return l2

    return l1()()()


print(deep())
print([g() for g in (lambda x: [lambda: x, lambda: x * 2])(21)])
