# Recursive generators over trees, permutations, partitions, paths, expressions.
def walk(tree, depth=0):
    name, *kids = tree
    yield depth, name
    for k in kids:
        yield from walk(k, depth + 1)


def permutations(items):
    if not items:
        yield ()
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield (x, *rest)


def partitions(n, largest=None):
    largest = largest or n
    if n == 0:
        yield []
    for k in range(min(n, largest), 0, -1):
        for rest in partitions(n - k, k):
            yield [k] + rest


def combos(items, k):
    if k == 0:
        yield []
    elif items:
        first, *rest = items
        for c in combos(rest, k - 1):
            yield [first] + c
        yield from combos(rest, k)


def queens(n, placed=()):
    if len(placed) == n:
        yield placed
    else:
        for c in range(n):
            if all(c != p and abs(c - p) != len(placed) - i for i, p in enumerate(placed)):
                yield from queens(n, (*placed, c))


def paths(grid, y=0, x=0):
    if grid[y][x] == "#":
        return
    if (y, x) == (len(grid) - 1, len(grid[0]) - 1):
        yield ""
    if y + 1 < len(grid):
        for p in paths(grid, y + 1, x):
            yield "D" + p
    if x + 1 < len(grid[0]):
        for p in paths(grid, y, x + 1):
            yield "R" + p


def product(*pools):
    if not pools:
        yield ()
        return
    for head in pools[0]:
        for tail in product(*pools[1:]):
            yield head, *tail


def merge_sorted(a, b):
    a, b = iter(a), iter(b)
    x, y = next(a, None), next(b, None)
    while x is not None or y is not None:
        if y is None or x is not None and x <= y:
            yield x
            x = next(a, None)
        else:
            yield y
            y = next(b, None)


def hamming():
    yield 1
    def times(k):
        return (k * x for x in hamming())
    last = 1
    for v in merge_sorted(times(2), merge_sorted(times(3), times(5))):
        if v != last:
            yield v
            last = v


def take(n, it):
    return [x for _, x in zip(range(n), it)]


print([f"{'  ' * d}{n}" for d, n in walk(("root", ("a", ("a1",), ("a2",)), ("b",)))])
print(["".join(p) for p in permutations("abc")], list(partitions(5)), list(combos([1, 2, 3, 4], 2)))
print(list(queens(6)), sum(1 for _ in queens(7)), list(paths(["..", "#.", ".."])), len(list(paths(["....", "....", "...."]))))
print(list(product("ab", (1, 2))), list(product()), list(merge_sorted([1, 4, 9], [2, 3])), take(12, hamming()))
