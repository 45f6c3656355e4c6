# Augmented assignment: evaluation, in-place methods and their fallbacks.
class InPlace:
    def __init__(self, v):
        self.v = v

    def __iadd__(self, other):
        print("iadd", other)
        self.v += other
        return self

    def __add__(self, other):
        print("add", other)
        return InPlace(self.v + other)

    def __mul__(self, other):
        print("mul", other)
        return InPlace(self.v * other)

    def __isub__(self, other):
        return NotImplemented

    def __sub__(self, other):
        print("sub fallback")
        return InPlace(self.v - other)


p = q = InPlace(1)
p += 5
print(p is q, q.v)
p *= 3
print(p is q, p.v, q.v)
p -= 1
print(p.v)
log = []


def get(name, value):
    log.append(name)
    return value


d = {"k": [1]}
get("obj", d)[get("key", "k")] += get("value", [2])
print(log, d)


class Attr:
    n = 10


o = Attr()
o.n += 1
print(o.n, Attr.n, o.__dict__)
x = 5
x += 2; x -= 1; x *= 4; x //= 5; x **= 3; x %= 50; x <<= 2; x >>= 1; x |= 8; x &= 0x3F; x ^= 1
print(x)
x /= 4
print(x)
s = "a"
s += "b"
s *= 2
print(s)
l = [1]
m = l
l += (2,)
l += "3"
l *= 2
print(l, m is l)
t = (1,)
u = t
t += (2,)
print(t, u)
st = alias = {1, 2, 3}
st -= {1}
st |= {9}
st &= {2, 9}
st ^= {2}
print(st, alias is st)
fs = other = frozenset([1])
fs |= {2}
print(fs, other)
tup = ([],)
try:
    tup[0] += [1]
except TypeError as e:
    print(e, tup)
for bad in ("p @= 1", "x += None"):
    try:
        if bad[0] == "p":
            p @= 1
        else:
            x += None
    except TypeError as e:
        print(e)
try:
    nothing += 1
except NameError as e:
    print(e)


def local():
    try:
        v += 1
    except UnboundLocalError as e:
        print(e)
    v = 1


local()
i = [0, 1, 2]
k = 0
i[k] += 10
k += 1
i[k], k = 5, 0
print(i, k)
