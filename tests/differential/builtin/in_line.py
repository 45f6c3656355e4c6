# Builtins with a form of their own in compiled code, over every kind of operand, and replaced.
class Shape:
    pass


class Square(Shape):
    pass


class Meta(type):
    def __instancecheck__(cls, obj):
        print("instancecheck", cls.__name__)
        return obj == 1


class Odd(metaclass=Meta):
    pass


class Proxy:
    @property
    def __class__(self):
        return Square


class S(str):
    pass


class Text:
    def __str__(self):
        return S("text")

    def __repr__(self):
        return "repr"

    def __bool__(self):
        print("bool")
        return False


class Broken:
    def __bool__(self):
        return 2

    def __str__(self):
        return 3

    def __repr__(self):
        return "broken"


def kinds(x):
    return isinstance(x, Shape), isinstance(x, Square), isinstance(x, (Square, int)), isinstance(x, str)


def classify(xs):
    shapes = squares = 0
    for x in xs:
        if isinstance(x, Square):
            squares += 1
        elif isinstance(x, Shape):
            shapes += 1
        if not isinstance(x, int):
            shapes += 100
    return shapes, squares


for x in (Shape(), Square(), 1, True, "s", None, Proxy(), S("a"), Shape):
    print(kinds(x))
print(classify([Shape(), Square(), 1, "s", Proxy()]), isinstance(1, Odd), isinstance(Odd(), Odd), isinstance(2, Odd))


def attempt(f, *args):
    try:
        r = f(*args)
        print(repr(r), type(r).__name__)
    except Exception as e:
        print(type(e).__name__, e)


def text(x):
    return str(x)


def shown(x):
    return repr(x)


def code(x):
    return ord(x)


def char(x):
    return chr(x)


def true(x):
    return bool(x)


def larger(a, b):
    return max(a, b)


def smaller(a, b):
    return min(a, b)


def as_list(x):
    made = list(x)
    made[0] = made[0]
    return made[:2] + made[-1:]


def in_order(x):
    made = sorted(x)
    return made[0], made[1:], len(made)


for x in (1, 1.5, None, "é", b"b", [1], Text(), Broken(), S("x"), (), 2**70, "", 0, 0.0, -0.0, {}, 97, 0x10FFFF + 1, -1, "ab"):
    for f in (text, shown, code, char, true):
        attempt(f, x)
for a, b in [(1, 2), (2, 1), (1, 1.0), (1.0, 1), (1.5, 0.5), (float("nan"), 1.0), (1.0, float("nan")), ("a", "b"), (1, "a"),
             (True, 1), (1, True), (2**70, 1), (1, 2**70), (0.0, -0.0), (-0.0, 0.0), (None, None), ([1], [0]), (2**62, 2**62 + 1)]:
    attempt(larger, a, b)
    attempt(smaller, a, b)
for x in ([3, 1, 2], (3, 1), "cab", range(4), {"k": 1, "j": 2}, [], 5, iter([2, 1])):
    attempt(as_list, x)
for x in ([3, 1, 2], "cab", {2: 1, 1: 2}, [], [1, "a"], 5):
    attempt(in_order, x)


def peaks(values):
    high, low = 0, 0
    for value in values:
        high = max(high, value)
        low = min(low, value)
    return high, low


print(peaks([1, 5, -3]), peaks([1.5, -2.5]), peaks([1, 2.5, 2**65, True, -1e300]), peaks([]))
attempt(peaks, ["a"])

str = lambda x: "my str"
max = lambda a, b: "my max"
bool = lambda x: "my bool"
list = lambda x: "my list"
sorted = lambda x: "my sorted"
chr = ord = repr = lambda x: "mine"
print(text(1), larger(1, 2), true(0), code("a"), char(97), shown(1), larger(1.0, 2.0), smaller(1, 2), in_order([2]))
attempt(as_list, [1])
isinstance = lambda x, c: c is Shape
print(classify([Shape(), 1]))
del isinstance
Shape = int
Square = float
print(classify([1, 2.5, "a"]))
