"""Functions: parameters, defaults, closures, decorators."""


def plain(a, b=1, *args, c, d="x", **kwargs):
    "Doc."
    total = a + b
    return total


def positional(a, b=(1, 2), /, c=None):
    return a


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def captured_parameter(x):
    return lambda y: x + y


@register
@wrap(1, key="v")
def decorated() -> int:
    global total
    total = 0


def annotated(a: int, /, b: "list[int]" = [], *c: str, d: float = 1.0, **e: bool) -> None:
    local: int = 3
    bare: str
    return local


def generator(n):
    for i in range(n):
        got = yield i
    yield from other(n)
    return got


twice = lambda f: lambda x: f(f(x))


def recursive_closure(n):
    def inner(k):
        return 1 if k == 0 else k * inner(k - 1)

    return inner(n)
