# Indexing and slicing text, with every kind of step.
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


s = "hello, wörld €😀"
print(len(s), s[0], s[-1], s[-2], s[7:12], s[::-1], s[::2], s[1::3], s[-5:], s[:-5])
print(s[100:], s[5:2], s[-100:3], s[3:100:4], s[10:2:-2], s[::-4], s[None:None:None])
attempt(lambda: s[20])
attempt(lambda: s[-20])
attempt(lambda: s["a"])
attempt(lambda: s[1.0])
attempt(lambda: s[None])
attempt(lambda: s[::0])
attempt(lambda: s["a":])
attempt(lambda: ""[0])
attempt(lambda: s[10**30])
attempt(lambda: s[True])
try:
    s[0] = "H"
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
print([c for c in "añb"], list(reversed("añb")), "ö" in s, "x" in s, "" in s, "wör" in s, s[3:5] in s)
attempt(lambda: 1 in s)
print([s[i : i + 4] for i in range(0, len(s), 4)])
