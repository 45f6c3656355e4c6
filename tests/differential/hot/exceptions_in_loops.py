# Exceptions raised and caught inside loops keep every variable right.
def parse_all(texts):
    good, bad, total = [], [], 0
    for i, t in enumerate(texts):
        try:
            v = int(t)
            total += v
        except ValueError as e:
            bad.append((i, str(e)))
            continue
        except TypeError:
            bad.append((i, "type"))
            break
        else:
            good.append(v)
        finally:
            total += 1000
    return good, bad, total


print(parse_all(["1", "x", "3", None, "5"]), parse_all([]), parse_all(["7"]))


def retry(f, n):
    for attempt in range(n):
        try:
            return attempt, f(attempt)
        except ZeroDivisionError:
            last = attempt
    return "gave up", last


print(retry(lambda i: 10 / (i - 1), 3), retry(lambda i: 1 / (2 - i), 3), retry(lambda i: 1 / 0, 4))


def deep(n):
    if n == 0:
        raise KeyError("deep")
    try:
        deep(n - 1)
    finally:
        trail.append(n)


trail = []
for i in range(3):
    try:
        deep(i)
    except KeyError as e:
        trail.append(str(e))
print(trail)


def state_after(values):
    a = b = c = 0
    for v in values:
        try:
            a += 1
            b = 10 // v
            c += b
        except ZeroDivisionError:
            c -= 100
    return a, b, c


print(state_after([1, 0, 3]), state_after([0]), state_after([2.5, 5]))


def swallow():
    n = 0
    while n < 5:
        try:
            n += 1
            if n == 2:
                continue
            if n == 4:
                raise IndexError
        except IndexError:
            n += 10
        finally:
            n += 0
    return n


print(swallow())


def index_until(l):
    i = 0
    try:
        while True:
            l[i] += 1
            i += 1
    except IndexError:
        return i, l


print(index_until([1, 2, 3]))


def unbound(flag):
    for i in range(2):
        try:
            if flag and i:
                print(value)
            value = i
            del value
        except NameError as e:
            return type(e).__name__, str(e)


print(unbound(True), unbound(False))
