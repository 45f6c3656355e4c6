# Less usual list operations: nested deletion, slices of slices, sort corner cases, comparisons.
l = [5, 3, 8, 1]
print(sorted(l), l, l.sort(), l, l[::-1], l.index(8, -1), l.count(9), l + [l], [l] * 2)
l.sort(key=lambda x: (x % 2, -x))
print(l)
l.sort(key=str, reverse=True)
print(l)
words = ["b", "B", "a", "A", "ä", "Z"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=lambda w: (w.lower(), w)), sorted(words, reverse=True), sorted(words, key=ord, reverse=True))
m = [[3, "c"], [1, "a"], [2, "b"]]
m.sort()
print(m, sorted(m, key=lambda r: r[1], reverse=True), min(m), max(m, key=lambda r: r[0]), sum((r[:1] for r in m), []))
a = [1, 2, 3, 4, 5]
a[1:3], a[3:] = a[3:], a[1:3]
print(a)
a = list(range(6))
a[::2], a[1::2] = a[1::2], a[::2]
print(a)
a.insert(2, [9])
a[2].append(10)
del a[2][0], a[0]
print(a, [] < [1], [1, 2] < [1, 2, 0], [2] < [10], ["a", 1] < ["b"], [[1], 2] == [[1], 2.0], [1, [2, [3]]] == [1, [2, [3]]])
b = a
b += [7]
b = b + [8]
print(a, b, a is b, [None] * 2, [[]] * 2, list("hi") * 2, [1, 2][True], [0, 1, 2][-0], [*a][:-1])
q = [1, 2, 3]
while q:
    x = q.pop(0)
    if x < 5:
        q.extend([x + 3] * (x % 2))
    print(x, q, end="; ")
print()
c = [1, 2, 3]
d = c.copy()
d.append(c)
print(c, d, d[3] is c, c * 0, c[:0], c[5:], c[-2:], c[:-5], c[2:1])
it = iter(c)
c.append(4)
print(list(it), c.clear(), c, not c, len(c))
e = [3, 1, 2]
r = reversed(e)
e.append(0)
print(list(r), sorted(e)[::-1] == sorted(e, reverse=True), any(e), all(e), [x for x in e if x][-1], e.index(0), 3 in e, "3" in e)
try:
    [1, "a"].sort()
except TypeError as err:
    print(err)
try:
    [3, 2].sort(key=lambda: 0)
except TypeError as err:
    print(err)
z = [1.5, 1, True, 0, False, -0.0]
z.sort()
print(z, z.count(1), z.index(True), z.remove(1.0), z)
