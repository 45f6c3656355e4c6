# Reading, assigning and deleting by index and slice.
def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


l = list(range(10))
print(l[2], l[-1], l[2:5], l[::3], l[::-1], l[-3:], l[:-8], l[20:], l[5:2], l[8:2:-2], l[True])
print(attempt(lambda: l[10]), attempt(lambda: l[-11]), attempt(lambda: l["a"]), attempt(lambda: l[1.0]), attempt(lambda: l[None]), attempt(lambda: l[1, 2]))
l[0] = "zero"
l[-1] = "last"
l[2:4] = ["c", "d", "extra"]
print(l)
l[1:1] = [10, 11]
l[5:] = []
print(l)
l[::2] = ["e"] * len(l[::2])
print(l)
l[:] = range(8)
del l[0], l[-1]
del l[1:3]
print(l)
l = list(range(10))
del l[::3]
print(l)
del l[::-2]
print(l)


def assign(target, key, value):
    try:
        target[key] = value
        print(target)
    except Exception as e:
        print(type(e).__name__, e)


def delete(target, key):
    try:
        del target[key]
        print(target)
    except Exception as e:
        print(type(e).__name__, e)


assign([1, 2], 2, 0)
assign([1, 2], -3, 0)
assign([1, 2], "a", 0)
assign([1, 2, 3], slice(0, 3, 2), [9])
assign([1, 2, 3], slice(0, 2), 5)
assign([1, 2, 3], slice(2, 0), "ab")
assign([1, 2, 3], slice(None, None, -1), "abc")
delete([1, 2], 2)
delete([1, 2], None)
delete([1, 2], slice(5, 9))
assign((1, 2), 0, 1)
delete((1, 2), 0)
assign([1, 2, 3], slice(0, 3, 0), [])
