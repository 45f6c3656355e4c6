# __del__ runs when the last reference goes, at once and in order.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = D("a")
a = None
print("after a")
b = D("b1")
b = D("b2")
print("after rebinding")
c = d = D("shared")
del c
print("one left")
del d
l = [D("in list 0"), D("in list 1")]
l.pop()
l[0] = 5
print("list done")
dct = {"k": D("in dict")}
dct.clear()


def local():
    x = D("local")
    print("in function")


local()


def returns():
    x = D("returned")
    return x


returns()
print("statement over")
y = returns()
print(y.name)
del y
D("temporary")
print([D("in comprehension").name for _ in range(2)])


class Holder:
    def __init__(self, n):
        self.inner = D(f"inner {n}")
        self.n = n

    def __del__(self):
        print("holder", self.n)


h = Holder(1)
h = None
for i in range(2):
    t = D(f"loop {i}")
del t


def gen():
    x = D("generator local")
    yield 1
    yield 2


g = gen()
next(g)
del g
print("generator gone")
s = {D("in set")}
s.pop()
tup = (D("in tuple"),)
tup = ()


class Bad:
    def __del__(self):
        self.name.upper()


class Resurrect:
    kept = []

    def __del__(self):
        Resurrect.kept.append(self)
        print("resurrected")


r = Resurrect()
r.tag = "t"
del r
print(Resurrect.kept[0].tag)
f = (lambda x=D("default"): x)
del f
print("end")
