def count(n):
    i = 0
    while i < n:
        sent = yield i
        if sent is not None:
            i = sent
        i += 1
    return i


def outer(k):
    def inner(items):
        for item in items:
            try:
                yield item * k
            except ValueError as e:
                yield e
            finally:
                print(item)

    return inner


def delegate(items):
    result = yield from items
    yield result
