# List comprehensions: filters, nesting, conditions, side effects in order.
def t(x):
    print(x, end=" ")
    return x


print([x * y for x in range(3) for y in range(x, 3) if x != y])
print([[i for i in range(j)] for j in range(4)], [x for row in [[1], [], [2, 3]] for x in row], [a if a % 2 else -a for a in range(5)])
print([t(i) for i in t([1, 2]) if t(True)])
print([(i, c) for i, c in enumerate("ab")], [k + v for k, v in {"a": "b"}.items()], [a + b for a, (b, *_) in [(1, (2, 3, 4))]])
print([*[i for i in range(2)], *(j for j in "x")], [lambda: i for i in range(2)][0](), [y for x in [1, 2] if (y := x * 10)], y)
print([len(w) for w in "a bb ccc".split() if len(w) > 1], [d for d in range(1, 20) if not 20 % d], [x for x in [None, 0, "", "a"] if x is not None])
matrix = [[1, 2], [3, 4]]
print([[row[i] for row in matrix] for i in range(2)], [max(col) for col in zip(*matrix)], sum([sum(r) for r in matrix]))
l = [1, 2, 3]
print([l.pop() for _ in range(2)], l, [l.append(i) for i in range(2)], l)
try:
    [1 / x for x in [1, 0]]
except ZeroDivisionError as e:
    print(e)
try:
    [a for a, b in [(1, 2), (3,)]]
except ValueError as e:
    print(e)
try:
    print([x for x in 5])
except TypeError as e:
    print(e)
print([n for n in range(2, 60) if all(n % p for p in range(2, int(n**0.5) + 1))])
print([[[z for z in range(y)] for y in range(x)] for x in range(3)], [i for i in range(10) if i > 2 if i < 8 if i % 2 == 0])
e = 5
print([e for e in range(3)], e, [(lambda v: v + e)(i) for i in range(2)])
