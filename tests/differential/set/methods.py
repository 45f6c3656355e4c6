# Set methods and operators, also their in-place forms.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, a <= b, {3} < b, b >= {5}, a == {4, 3, 2, 1}, a != b, a.isdisjoint({9}))
print(a.union([9], (10,)), a.intersection(b, [4]), a.difference([1], [2]), a.symmetric_difference([1, 7]), a.issubset(range(9)), a.issuperset([1]))
s = set("abc")
s.add("d")
s.add("a")
s.discard("zz")
s.remove("a")
print(sorted(s), len(s), "b" in s)
s.update("xy", ["z"])
s -= {"x"}
s |= {"q"}
s &= set("qzyb")
s ^= {"q", "r"}
print(sorted(s))
s.intersection_update("zr")
s.difference_update("r")
s.symmetric_difference_update("zk")
print(sorted(s), s.pop(), s, set(), frozenset(), frozenset([1]), {frozenset([1, 2])} == {frozenset([2, 1])})
attempt(lambda: s.remove("zz"))
attempt(lambda: set().pop())
attempt(lambda: s.add([]))
attempt(lambda: {[1]})
attempt(lambda: a | [1])
attempt(lambda: a < [1])
attempt(lambda: a - 1)
attempt(lambda: set(5))
attempt(lambda: set(1, 2))
attempt(lambda: a.union(5))
attempt(lambda: a[0])
attempt(lambda: hash(a))
attempt(lambda: frozenset([1]).add(2))
attempt(lambda: a.issubset(5))
attempt(lambda: a.add())
print(frozenset("ab") | {"c"} == {"a", "b", "c"}, type(frozenset("a") | {"b"}).__name__, type({"a"} | frozenset("b")).__name__, frozenset([1]) == {1}, {frozenset([1]): "key"}[frozenset([1])])
print({1, 2} in [{2, 1}], {1} in {frozenset([1])}, a.copy() is a, sorted({*a, *b}), {x % 3 for x in range(10)})
