# Recursive functions in their usual shapes.
def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]


def permutations(items):
    if len(items) <= 1:
        return [items]
    return [[x] + p for i, x in enumerate(items) for p in permutations(items[:i] + items[i + 1 :])]


def is_even(n):
    return n == 0 or is_odd(n - 1)


def is_odd(n):
    return n != 0 and is_even(n - 1)


def depth(tree):
    return 1 + max(map(depth, tree), default=0)


def quicksort(l):
    if not l:
        return l
    p, *rest = l
    return quicksort([x for x in rest if x < p]) + [p] + quicksort([x for x in rest if x >= p])


print(ackermann(2, 3), list(hanoi(3)), flatten([1, [2, [3, []], 4]]), len(permutations([1, 2, 3, 4])), permutations("abc" and list("abc"))[3])
print(is_even(100), is_odd(51), depth([[], [[], [[]]]]), quicksort([3, 1, 2, 3, 0]))
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(25), (lambda f, n: f(f, n))(lambda g, n: 0 if n == 0 else n + g(g, n - 1), 10))
