# Iteration order of int sets: collisions, negatives, growth, shrinking, operations.
print({0, 8, 16, 24}, {16, 8, 0}, {5, 13, 21, 29, 3}, {-1, -2, -9, 7}, {100, 50, 25, 12, 6, 3, 1})
print(set(range(12)), set(range(50, 30, -3)), {2**i for i in range(0, 70, 6)}, {-(2**i) for i in range(0, 70, 9)}, {i * 1000003 for i in range(9)})
s = set()
for i in (64, 0, 32, 96, 128, 5, 37, 69, 101):
    s.add(i)
print(s)
for i in (0, 32, 5):
    s.discard(i)
print(s)
s.update(range(3))
print(s, s | {500, 7}, s - {64, 1}, s & {96, 128, 2, 1}, s ^ {64, 999})
print(set(list(range(40))[::7]), set(x * x % 67 for x in range(30)))
big = set(range(0, 300, 11))
print(big)
for x in range(0, 300, 33):
    big.remove(x)
big.add(7)
big.add(1007)
print(big)
print([big.pop() for _ in range(5)], len(big), sorted(big)[:3])
print({1.5, 2.0, 3, -0.5, 1e10, 0.1}, {True, 5, 2.0, False}, {(1, 2), (2, 1), (0, 0), ()}, frozenset(range(5, 0, -1)), {frozenset([1]), frozenset([2]), frozenset()} == {frozenset(), frozenset([2]), frozenset([1])})
a = {i for i in range(20)} | {i for i in range(100, 120)}
b = set(a)
print(a == b, list(a) == list(b), a, set(sorted(a, reverse=True)) == a, list(set(sorted(a, reverse=True)))[:12])
copy = a.copy()
a -= set(range(0, 20, 2))
print(a, copy - a)
