# Views are live and act as sets where they can.
d = {"a": 1, "b": 2, "c": 3}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items, len(keys))
d["d"] = 4
print(keys, list(values), ("a", 1) in items, ("a", 2) in items, "d" in keys, 4 in values)
print(sorted(keys & {"a", "z"}), sorted(keys | {"z"}), sorted(keys - {"a"}), sorted(keys ^ {"a", "q"}), sorted(items & {("a", 1)}))
print(keys == {"a", "b", "c", "d"}, keys >= {"a"}, keys.isdisjoint({"x"}), {1: 2}.items() == {1: 2}.items(), d.keys() == d.keys(), d.values() == d.values())
for bad in (lambda: keys[0], lambda: keys + keys, lambda: values & {1}, lambda: keys.add(1), lambda: hash(keys)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print([k for k, v in d.items() if v % 2], {v: k for k, v in d.items()}, max(d, key=d.get), sum(d.values()), sorted(d.items(), reverse=True)[0])
it = iter(d.items())
print(next(it), next(it), len(list(it)))
print(type(keys).__name__, type(values).__name__, type(items).__name__, type(iter(keys)).__name__)
print({}.keys(), {}.items(), dict(d.items()) == d, list(zip(d.keys(), d.values())))
