# A generator's frame in the stack.
def numbers():
    yield 1
    yield 1 // 0


def consume(g):
    return [x * 2 for x in g]


consume(numbers())
