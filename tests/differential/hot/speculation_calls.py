# Functions called with one type for long and then with others.
def add(a, b):
    return a + b


def compare(a, b):
    return a < b, a == b, a >= b


def length(x):
    n = 0
    for _ in x:
        n += 1
    return n, len(x)


def scale(v, k=2):
    return v * k


for i in range(200):
    add(i, i + 1)
    compare(i, 5)
    length([i])
    scale(i)
print(add(1, 2), add(1.5, 2), add("a", "b"), add([1], [2]), add((1,), ()), add(2**47 - 1, 1), add(-(2**47), -1), add(True, True), add(b"a", b"b"))
print(compare(1, 2), compare(1.5, 1), compare("a", "b"), compare([1], [2]), compare(2**70, 5), compare(1, float("nan")), compare(True, 1), compare((1, "a"), (1, "b")), compare({1}, {1, 2}))
print(length("abc"), length({1: 2}), length((1, 2)), length({5}), length(range(9)), length(b"xy"))
print(scale(3), scale("ab"), scale([1], 3), scale(2.5), scale(2**47), scale((1,), 0), scale(k=5, v=1), scale("x", True))
for bad in (lambda: add(1, "a"), lambda: compare(1, "a"), lambda: length(5), lambda: scale(None), lambda: add(None, None), lambda: compare([], 1)):
    try:
        bad()
    except TypeError as e:
        print(e)


def poly(x, *coefficients):
    r = 0
    for c in coefficients:
        r = r * x + c
    return r


for i in range(50):
    poly(i, 1, 2, 3)
print(poly(2, 1, 2, 3), poly(0.5, 1, 2, 3), poly(10**10, 1, 2, 3), poly("", 5) if False else poly(2), poly(True, 1, 1), poly(2**47, 2**47))


def recursive(n, acc=0):
    return acc if n == 0 else recursive(n - 1, acc + n)


print(recursive(100), recursive(50, 0.5), recursive(20, 2**47 - 100), recursive(3, True))


def nested(f, n):
    return f(f(n)) if n < 100 else f(n)


print(nested(lambda v: v + 1, 1), nested(lambda v: v * 1.5, 3), nested(str, 150), nested(lambda v: -v, 2**47))
