# frozenset, mixing set types, subclass results, updates from many iterables.
a, f = {1, 2, 3}, frozenset([2, 3, 4])
print(sorted(a | f), sorted(a & f), sorted(a - f), sorted(f - a), sorted(a ^ f), type(a | f).__name__, type(f | a).__name__, a > {1}, f >= frozenset([2]), a == frozenset(a), hash(f) == hash(frozenset([4, 3, 2])))
print(sorted(f.union("ab", [1]), key=str), sorted(f.intersection([2, 9], (2,))), f.isdisjoint("xyz"), f.copy() is f, frozenset(f) is f, {f: 1}[frozenset([2, 3, 4])], frozenset({1: 2}), set() == frozenset(), len({frozenset(), frozenset([])}))
b = set("spam")
b.update("eggs", {1: 2}, [None])
print(len(b), None in b, 1 in b, b >= set("spam"), b.issuperset("eggs"), set("abc").issubset("abcd"))
b.difference_update("abcdefghijklmnop", [None])
print(sorted(b, key=str))
s = {3, 1}
t = s
s |= {5}
print(t is s, sorted(s))
f2 = f
f2 |= {9}
print(f2 is f, sorted(f), sorted(f2))
for bad in (lambda: f.add(1), lambda: f.__ior__({1}), lambda: s | "ab", lambda: s.union(5), lambda: s < 5, lambda: s == 5, lambda: {1} + {2}, lambda: hash(s), lambda: s & [1], lambda: set([[]]), lambda: f - [2], lambda: {**s}, lambda: s.remove("q"), lambda: s.remove({1}), lambda: {1, 2} <= {1: 0}.keys()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print({1, 2} | {3: 4}.keys() == {1, 2, 3}, {1} in {frozenset({1})}, {frozenset({1})} - {frozenset({1})}, set.union({1}, {2}), set().union(*[{1}, {2}, {3}]) == {1, 2, 3}, set.intersection(*[{1, 2}, {2, 3}]), max({3, 9, 2}), sum({1, 2.5}), sorted({(2, 1), (1, 2)}))


class S(set):
    def __contains__(self, x):
        return x == "magic" or super().__contains__(x)


z = S([1])
print("magic" in z, 1 in z, z & {1, "magic"}, type(z & {1}).__name__, type(z.copy()).__name__, z == {1}, {1} == z, len(z), list(z))
while s:
    s.pop()
print(s, bool(s), not {0}, repr(set()), repr(frozenset()), str({"one"}), f"{ {1} }")
