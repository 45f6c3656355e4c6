# Operators on literals: what a compiler may compute, and what has to be left to fail, or to take long, at run time.
print(2**64 - 1, 1 << 20, 60 * 60 * 24, -1, +5, ~7, - -3, -(2**63), ~(2**64))
print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, 1 << 100 >> 98, -5 >> 1, -1 >> 1000)
print(0xFF & 0x0F | 0xF00 ^ 0x1, 2**10, 10**20, (-2) ** 3, -(2**2), 2**-1, 0**0, 1**1000000)
print(1 / 4, 1 / 3, 6 / 3, 2**53 / 3, (2**53 + 1) / 1, 10**30 / 10**29, 1.5 + 1, 3 - 0.5, 2 * 0.1, 0.1 + 0.2, 1 / 3.0)
print(0.0 * -1, -0.0, 1e308 * 10, -1e308 * 10, 7.5 // 2, -7.5 % 2, 2.0**0.5, 2**0.5, 1e308 * 10 - 1e308 * 10)
print("a" + "b" "c", "-" * 5, 3 * "ab", "x" * -1, "é" * 3 + "!", len("ab" * 2048), len("ab" * 2049), b"a" + b"b", b"z" * 3)
print((1, 2) + (3,), (0,) * 3, [1] * 2, True + True, True & False, -True, ~False, 1 + 2j, -1j, 2j * 2j)
print(1 + 2 == 3, 2 < 1 + 2, (1 + 1, 2 * 3), [1 + 1, -2], {1 + 1: -1}, {1 - 2, 2 - 1}, f"{1 + 1}{'a' * 2}")
print(len(str(2**200)), len(str(3**300)), 1 << 130, (1 << 64) * (1 << 64), (1 << 63) * (1 << 63))
print(9223372036854775807 + 1, -9223372036854775807 - 1, -9223372036854775808, 2**47, -(2**47), 2**47 - 1, -(2**47) - 1)

for text, bad in [
    ("zero", lambda: 1 // 0),
    ("mod", lambda: 1 % 0),
    ("div", lambda: 1 / 0),
    ("float div", lambda: 1.0 / 0),
    ("shift", lambda: 1 << -1),
    ("right shift", lambda: 1 >> -1),
    ("zero power", lambda: 0**-1),
    ("mixed", lambda: 1 + "a"),
    ("text", lambda: "a" + 1),
    ("repeat", lambda: "a" * 1.5),
    ("negative", lambda: -"a"),
    ("invert", lambda: ~1.5),
    ("overflow", lambda: 10.0**400),
    ("huge", lambda: 10**400 / 1.5),
    ("format", lambda: "%d" % "a"),
]:
    try:
        print(bad())
    except Exception as e:
        print(text, type(e).__name__, e)


def defaults(a=60 * 60, b=-1, c="=" * 3, d=(1, -2)):
    return a, b, c, d


class Limits:
    LOW, HIGH = -(2**31), 2**31 - 1


def loop():
    total = 0
    for i in range(10 * 10):
        if i & (1 << 3) - 1 == 2 - 1:
            total += i * -2
        while 1 - 1:
            total = None
    return total


print(defaults(), Limits.LOW, Limits.HIGH, loop())
match -3:
    case -3:
        print("matched", "%s-%s" % ("a", 1 + 1))
assert 1 + 1 == 2, "sum" + "!"
x = 5
print(x + 1 + 2, 1 + 2 + x, x * 2 * 3, (2 * 3) * x, x - -1, x[0:1] if x == 2 * 3 else "no")
1 + 1
"a" + "b"
print(__doc__)
print(1 / (2 - 2))
