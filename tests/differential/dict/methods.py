# Every dict method.
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


d = {"a": 1, "b": 2}
print(d, d["a"], d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d.pop("b"), d.pop("zz", None), len(d))
attempt(lambda: d["zz"])
attempt(lambda: d[1.5])
attempt(lambda: d[(1, 2)])
attempt(lambda: d.pop("zz"))
attempt(lambda: {}.popitem())
attempt(lambda: d[[]])
attempt(lambda: [] in d)
attempt(lambda: d.get({}))
attempt(lambda: {[]: 1})
attempt(lambda: d.get())
attempt(lambda: d.pop())
attempt(lambda: d.update(5))
attempt(lambda: d.update([1]))
attempt(lambda: d.update(["abc"]))
attempt(lambda: d.update([(1, 2, 3)]))
attempt(lambda: d.update({}, {}))
attempt(lambda: dict(1))
attempt(lambda: dict([("a", 1)], {"b": 1}))
attempt(lambda: d.setdefault())
attempt(lambda: d.nope)
d.update(e=5)
d.update({"f": 6}, g=7)
d.update([("h", 8), ["i", 9], "jk"])
print(d)
print(d.popitem(), d.popitem(), list(d), list(d.keys()), list(d.values()), list(d.items()))
c = d.copy()
d.clear()
print(d, c, dict(c) == c, dict(a=1, b=2), dict([(1, 2)]), dict({1: 2}, x=3), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {**c, "z": 0})
print({1: "a"} | {2: "b"}, {1: "a", 2: "x"} | {2: "b"}, {} == {}, {1: 2} == {1.0: 2.0}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} != {1: 3})
e = {"x": 1}
e |= {"y": 2}
e |= [("z", 3)]
print(e, "x" in e, 1 in e, not {}, bool(e))
attempt(lambda: {} < {})
attempt(lambda: e | [("a", 1)])
attempt(lambda: hash(e))
del e["x"]
try:
    del e["x"]
except KeyError as err:
    print(repr(err), err.args)
