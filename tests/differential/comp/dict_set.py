# Dict and set comprehensions: order, overwriting, unpacking, conversion.
print({k: v for k, v in zip("abc", range(3))}, {v: k for k, v in {"x": 1, "y": 1, "z": 2}.items()}, {c: "hello".count(c) for c in "hello"})
print({x % 3 for x in range(10)} == {0, 1, 2}, {(a, b) for a in "x" for b in (1, 2)} == {("x", 1), ("x", 2)}, len({w.lower() for w in ["A", "a", "B"]}))
print({i: {j: i * j for j in range(2)} for i in range(2)}, {**{k: 0 for k in "ab"}, **{"b": 1}}, dict((k, v) for k, v in [(1, 2)]))
print({len(w): w for w in ["a", "bb", "c", "dd"]}, {k: v for d in ({"a": 1}, {"b": 2}) for k, v in d.items() if v > 1}, sorted({-1, 1, 2} | {x * x for x in (1, 2)}))


def t(x):
    print(x, end=" ")
    return x


print({t(f"k{i}"): t(f"v{i}") for i in range(2)})
for f in (lambda: {[]: 1 for _ in range(1)}, lambda: {x for x in [[1]]}, lambda: {a: b for a, b in [1]}, lambda: {k: 1 / k for k in (1, 0)}):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
text = "the cat and the dog and the bird"
freq = {w: text.split().count(w) for w in text.split()}
print(freq, max(freq, key=freq.get), sorted(freq.items(), key=lambda kv: (-kv[1], kv[0])), {n: [w for w in freq if freq[w] == n] for n in set(freq.values())})
graph = {n: {m for m in range(2, 13) if m != n and m % n == 0} for n in range(2, 7)}
print({k: sorted(v) for k, v in graph.items() if v})
print({x: y for x in range(3) if (y := x * 2)}, y, {True: 1, 1: 2}, {1: "a", **{1.0: "b"}})
