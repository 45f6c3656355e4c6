# Sorting: stable, with keys, reversed, with failing comparisons.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


words = ["banana", "Apple", "cherry", "apple", "date", "fig", "Fig"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True))
words.sort(key=lambda w: (len(w), w), reverse=True)
print(words, words.sort())
pairs = [(i % 3, i) for i in range(9)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
print(sorted([3, 1.5, True, -2]), sorted("hello"), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], [1]]), sorted([]), sorted([(1, "b"), (1, "a")]))
attempt(lambda: sorted([1, "a", 2]))
attempt(lambda: sorted([None, 1]))
attempt(lambda: sorted([[1], ["a"]]))
attempt(lambda: sorted([1, 2], key=5))
attempt(lambda: sorted([1, 2], lambda x: x))
attempt(lambda: sorted(5))
attempt(lambda: sorted())
attempt(lambda: [1].sort(len))
attempt(lambda: [2, 1].sort(revers=True))
attempt(lambda: sorted([3, 1], key=lambda x: 1 / 0))
attempt(lambda: sorted([{}, {}]))


class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n > other.n

    def __repr__(self):
        return f"I{self.n}"


items = [Item(n) for n in (2, 3, 1)]
print(sorted(items), min(items), max([Item(1), Item(2)], key=lambda i: i.n))
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or 0)
print(calls)
l = [5, 3, 4]
try:
    l.sort(key=lambda x: l.append(1) or 0)
except ValueError as e:
    print(e)
l = [3, 1, 2]
seen = []
l.sort(key=lambda x: seen.append(list(l)) or x)
print(seen, l)
big = [(i * 7919) % 1000 for i in range(1000)]
print(sorted(big) == list(range(1000)), sorted(big, reverse=True)[:3], sorted(range(100), key=lambda x: x % 10)[:12])
