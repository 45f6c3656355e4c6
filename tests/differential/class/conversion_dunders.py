# __int__, __float__, __index__, __bool__, __str__, __bytes__, __hash__ returning the right and wrong things.
class Good:
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 2

    def __str__(self):
        return "good"

    def __bytes__(self):
        return b"good"

    def __hash__(self):
        return 2**70

    def __len__(self):
        return 5

    def __length_hint__(self):
        return 3

    def __round__(self, n=None):
        return ("rounded", n)

    def __abs__(self):
        return "abs"


class Bad:
    def __int__(self):
        return "7"

    def __float__(self):
        return 7

    def __index__(self):
        return 1.5

    def __str__(self):
        return 7

    def __bool__(self):
        return "yes"

    def __hash__(self):
        return 1.5

    def __len__(self):
        return 2.5

    def __bytes__(self):
        return "x"

    def __repr__(self):
        return None

    def __format__(self, spec):
        return None

    def __iter__(self):
        return None

    def __contains__(self, x):
        return "truthy"

    def __eq__(self, o):
        return NotImplemented


g, b = Good(), Bad()
print(int(g), float(g), "abcdef"[g], [1, 2, 3][g], str(g), bytes(g), hash(g) == hash(2**70), len(g), bool(g), round(g), round(g, 2), abs(g), range(g), "x" * g, hex(g), f"{g}", g in [g])
for f in (int, float, str, bool, hash, len, bytes, repr, iter, lambda x: [1, 2][x], lambda x: f"{x:>3}", lambda x: f"{x}", list, lambda x: x < x, lambda x: -x, lambda x: range(x), lambda x: "a" * x, lambda x: round(x), abs, lambda x: {x: 1}, lambda x: not x):
    try:
        print(f(b))
    except TypeError as e:
        print(e)
print(1 in b, b == b, b == 1, b != 1)


class OnlyTrunc:
    def __trunc__(self):
        return 3


class OnlyIndex:
    def __index__(self):
        return 6


for f in (int, float):
    for o in (OnlyIndex(), object()):
        try:
            print(f(o))
        except TypeError as e:
            print(e)


class IntSub(int):
    def __int__(self):
        return 99

    def __str__(self):
        return "intsub"

    def __bool__(self):
        return False


x = IntSub(5)
print(int(x), x + 0, str(x), repr(x), f"{x}", f"{x:d}", bool(x), x == 5, [0, 1, 2, 3, 4, 5][x], int("5") == x, "%d %s" % (x, x), float(x), hash(x) == hash(5), -x, abs(x), type(+x).__name__, "yes" if x else "no")
