# The texts of the everyday errors, by type of the object.
class Thing:
    def __len__(self):
        return 1

    def __repr__(self):
        return "<thing>"


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


l, t, d, s, b, r, st, th = [1], (1,), {"a": 1}, "s", b"b", range(1), {1}, Thing()
for x in (l, t, s, b, r):
    attempt(lambda: x[9])
    attempt(lambda: x["k"])
    attempt(lambda: x[None:"a"])
for x in (d, st, th, 5, 1.5, None, len, Thing, lambda: 0):
    attempt(lambda: x[9])
for x in (t, d, s, b, r, st, th, 5, None):
    try:
        x[0] = 1
        print("stored", x)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
    try:
        del x[0]
        print("deleted", x)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
for x in (l, t, d, s, b, r, st, th, 5, 1.5, None, True):
    attempt(lambda: x.missing)
    attempt(lambda: x())
    attempt(lambda: x + th)
    attempt(lambda: x < th)
    attempt(lambda: -x if not isinstance(x, (int, float)) else 0)
for x in (5, None, 1.5, th):
    attempt(lambda: len(x) if x is not th else "len ok")
    attempt(lambda: [i for i in x])
    attempt(lambda: 1 in x)
    attempt(lambda: "%d" % (x,) if x is not None else "%d" % None)
    attempt(lambda: "a,b".split(x))
    attempt(lambda: " ".join(x))
    attempt(lambda: [1, 2].index(x))
    attempt(lambda: {}[x])
    attempt(lambda: [3].remove(x))
    attempt(lambda: sum([x, "a"]))
    attempt(lambda: isinstance(1, x))
