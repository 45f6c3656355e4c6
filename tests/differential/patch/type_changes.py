# Variables, arguments and attributes that change type inside hot code.
def add(a, b):
    return a + b


def repeat(f, args):
    return [f(*x) for x in args]


print(repeat(add, [(1, 2), (1.5, 2), ("a", "b"), ([1], [2]), ((1,), (2,)), (True, True), (2**47, 2**47), (2**200, -1), (b"x", b"y")]))


def poly(x):
    y = x
    for i in range(5):
        if i == 3:
            y = str(y)
        elif isinstance(y, str):
            y = y + "!"
        else:
            y = y * 2
    return y


print(poly(1), poly(1.5), poly(2**46))


def accumulate(values):
    best = None
    for v in values:
        if best is None or v > best:
            best = v
    return best


print(accumulate([1, 5, 3]), accumulate([]), accumulate(["a", "c"]), accumulate([1, 2.5, True]), accumulate([2**47 - 1, 2**47, 2.0**48]))


class Box:
    def __init__(self, v):
        self.v = v

    def double(self):
        self.v = self.v + self.v
        return self.v


b = Box(1)
for _ in range(50):
    b.double()
print(b.v)
b.v = 0.1
print(b.double(), b.double())
b.v = "ab"
print(b.double())
b.v = []
print(b.double())
b.v = None
try:
    b.double()
except TypeError as e:
    print(e)


def lists(l):
    t = 0
    for i in range(len(l)):
        t += l[i]
        l[i] = l[i] * 2
    return t, l


print(lists([1, 2, 3]), lists([1.5, 2]), lists([2**46, 2**62]))


class MyList(list):
    def __getitem__(self, i):
        return 1000

    def __len__(self):
        return 2


class MyInt(int):
    def __add__(self, o):
        return "MyInt add"

    def __radd__(self, o):
        return "MyInt radd"

    def __lt__(self, o):
        return True


class MyStr(str):
    def __add__(self, o):
        return "MyStr add"

    def __eq__(self, o):
        return "eq!"

    __hash__ = str.__hash__


print(lists(MyList([1, 2, 3])), add(MyInt(1), 2), add(1, MyInt(2)), add(1.5, MyInt(2)), add(MyStr("a"), "b"), add("a", MyStr("b")), MyInt(5) < 1, 1 > MyInt(5), MyStr("a") == "b", MyInt(3) * 2, -MyInt(3), MyInt(3) == 3)


def index(seq, i):
    return seq[i]


print([index(s, 1) for s in ([1, 2], (3, 4), "ab", {1: "d"}, range(5), b"xy", MyList([0]))])


def attr_add(o):
    o.n += 1
    return o.n


class N1:
    n = 1


class N2:
    def __init__(self):
        self.n = 1.5


class N3:
    n = property(lambda self: 5, lambda self, v: print("setter", v))


print([attr_add(o) for o in (N1(), N2(), N3(), N1())], N1.n)
