# Errors in generator expressions, nested generators and yield from.
def inner(n):
    for i in range(n, -1, -1):
        yield 6 // i


def middle(n):
    yield "start"
    yield from inner(n)


def outer(n):
    return sum(x if isinstance(x, int) else 0 for x in middle(n))


try:
    print(outer(2))
except ZeroDivisionError as e:
    print(e)
outer(1)
