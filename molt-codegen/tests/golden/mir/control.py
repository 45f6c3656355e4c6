def handled(f):
    try:
        return f()
    except ValueError as e:
        print(e)
    except (TypeError, KeyError):
        raise
    else:
        f = None
    return f


def cleanup(items):
    for item in items:
        try:
            if item:
                continue
            if item is None:
                return 1
        finally:
            print(item)


def managed(path):
    with open(path) as f:
        return f.read()


def gen(n):
    got = yield n
    try:
        yield from range(n)
    finally:
        print(got)


def comp(xs):
    return [x * 2 for x in xs if x], {k: v for k, v in xs}, (x for x in xs)


def unpack(t):
    a, (b, *c) = t
    a, b = b, a
    del c
    assert a, "no"
    return a, b
