# Mutation through arguments, aliasing, rebinding, default sharing, star copies.
def append(l, x):
    l.append(x)


def rebind(l):
    l = l + ["new"]
    return l


def inplace(l):
    l += ["same"]
    return l


def swap(a, b):
    a, b = b, a
    return a, b


def modify(d, **kw):
    kw["added"] = 1
    d.update(kw)
    return kw


def star(*args):
    args += (99,)
    return args


def default(a, acc={}, *, seen=set()):
    acc[a] = acc.get(a, 0) + 1
    seen.add(a)
    return dict(acc), sorted(seen)


l = [1]
append(l, 2)
print(l, rebind(l), l, inplace(l), l, inplace((1,)) if False else "")
x, y = [1], [2]
print(swap(x, y), x, y)
d = {"k": 0}
kw = {"z": 5}
print(modify(d, **kw), d, kw)
t = (1, 2)
print(star(*t), t, star(), default("a"), default("b"), default("a", {}), default("c", seen=set()))
matrix = [[0] * 2] * 2
matrix[0][0] = 1
copy = [row[:] for row in matrix]
copy[0][0] = 9
print(matrix, copy, matrix[0] is matrix[1])


def outer(l):
    def inner():
        l.append(len(l))
        return l

    return inner


f = outer(base := [])
f()
f()
print(base, f() is base)
a = b = {"shared": []}
b["shared"].append(1)
c = dict(a)
c["shared"].append(2)
c["own"] = 1
print(a, b is a, c)


def delete(l):
    del l[:]


def loop(l):
    for item in l:
        item.append("touched")


rows = [[], []]
loop(rows)
print(rows)
delete(rows)
print(rows)
n = 5
s = "text"


def immut(n, s):
    n += 1
    s += "!"
    return n, s


print(immut(n, s), n, s)
