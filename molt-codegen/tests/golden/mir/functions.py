def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def total(items, start=0, *, scale=1):
    s = start
    for item in items:
        if item < 0:
            continue
        s += item * scale
    else:
        s = -s
    return s


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


def maybe(x):
    if x:
        y = 1
    return y


def chain(a, b, c):
    return a < b <= c and not (a is b or a in c)


def calls(f, xs, **kw):
    f.go(1, key=f(2))
    f.go(xs)
    return f(*xs, **kw)
