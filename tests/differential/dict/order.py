# Insertion order, what keeps it and what changes it.
d = {}
for k in ("x", "a", "m"):
    d[k] = len(d)
d["a"] = "kept place"
del d["x"]
d["x"] = "moved last"
print(d)
print(list(reversed(d)), list(reversed(d.values())), list(reversed(d.items())))
d.update({"a": 0, "new": 1})
print(list(d), d | {"m": 5})
first = next(iter(d))
d[first] = d.pop(first)
print(d)
e = {i: i * i for i in range(20)}
for i in range(0, 20, 3):
    del e[i]
e[0] = "back"
print(e)
while len(e) > 12:
    print(e.popitem(), end=" ")
print(list(e))
print({1: "a", True: "b", 1.0: "c"}, {0: 1, -0.0: 2, False: 3})
print(dict(zip("cab", range(3))), sorted(dict(zip("cab", range(3))).items(), key=lambda kv: -kv[1]))
merged = {**{"b": 1, "a": 2}, "c": 3, **{"a": 4}}
print(merged)
print(dict.fromkeys("hello"), list(dict.fromkeys([3, 1, 3, 2, 1])))
