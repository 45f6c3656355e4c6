# slice as an object, and __getitem__ that receives it.
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, None), s.indices(6), slice(None, None, -1).indices(5), slice(-3, None).indices(10))
print(s == slice(1, 10, 2), s != slice(1), [0, 1, 2, 3, 4][slice(1, 3)], "hello"[slice(None, None, -1)])


class Probe:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


p = Probe()
print(p[1], p[1:2], p[:], p[::], p[1:2:3], p[1, 2], p[1:2, 3], p[...], p["a":"b"], p[-1], p[:5], p[None:], p[(1, 2)], p[()])
p[0] = 1
p[1:2] = [3]
p["k", 0] = None
del p[0]
del p[::2]
p[5] += 1 if isinstance(p[5], int) else 0
for bad in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: s.indices(-1), lambda: slice(0, 1, 0).indices(3), lambda: slice("a").indices(3), lambda: hash(slice(1))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
try:
    s.start = 3
except AttributeError as e:
    print(e)


class Seq:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Seq(self.items[i] for i in range(*key.indices(len(self))))
        return self.items[key]


q = Seq("abcdef")
print(q[1:4].items, q[::-2].items, q[-1], list(q), list(reversed(q)), "c" in q, "z" in q)
