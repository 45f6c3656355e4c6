"""Closures, decorators and functions as values."""


def memoize(function):
    known = {}

    def wrapper(*args):
        if args not in known:
            known[args] = function(*args)
        return known[args]

    return wrapper


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value

    return composed


@memoize
def paths(x, y):
    if x == 0 or y == 0:
        return 1
    return paths(x - 1, y) + paths(x, y - 1)


def main():
    step = counter()
    for i in range(9_000_000):
        step(i & 3)
    pipeline = compose(lambda v: v + 1, lambda v: v * 3, lambda v: v % 1000, step)
    total = 0
    for i in range(2_000_000):
        total += pipeline(i) & 7
    total += sum(map(lambda v: v * v % 7, filter(lambda v: v % 3, range(5_000_000))))
    print("closures", step(0), total, paths(120, 120) % 1_000_003)


main()
