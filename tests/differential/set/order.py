# With a fixed hash seed the order of a set is CPython's.
print({3, 1, 2}, {10, 9, 8, 100, 33}, {-1, -2, 0}, set(range(20, 0, -1)), {2**40, 5, 2**61})
print({"a", "b", "c"}, {"apple", "banana", "cherry", "date", "elderberry", "fig"}, set("hello world"), {"", "x"})
print({1.5, 2.5, 0.1}, {(1, 2), (3, 4), ()}, {None, True, "None"} == {None, True, "None"}, {b"x", b"y"})
s = set()
for i in range(0, 400, 7):
    s.add(i * i % 1009)
print(s)
for i in list(s)[::2]:
    s.remove(i)
print(s)
s |= {f"k{i}" for i in range(12)}
print(s)
print(frozenset("frozen"), set(frozenset("frozen")), {"z", "y"} | {"x", "w"}, {"a", "b", "c"} & {"c", "a"}, {"a", "b", "c"} - {"b"}, {"p", "q"} ^ {"q", "r"})
print([x for x in {"one", "two", "three"}], list({"k": 1, "j": 2}), sorted({"b", "a"}), {s.pop() for _ in range(3)})
words = "the quick brown fox jumps over the lazy dog and runs away from the quick hound".split()
print(set(words))
print(set(words) - set("the a and".split()))
big = {str(i) for i in range(100)}
print(list(big)[:20])
big -= {str(i) for i in range(0, 100, 3)}
print(list(big)[:20], len(big))
