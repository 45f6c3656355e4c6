# Loops whose variable starts as an int and becomes a float, or a big int, half way.
def scale(n):
    x = 1
    out = []
    for i in range(n):
        x = x * 3
        if i == 5:
            x = x / 2
        out.append(x)
    return out


def grow(n):
    x = 1
    for i in range(n):
        x = x * 7 + i
    return x


def shrink(x):
    steps = 0
    while x > 0:
        x = x - 2**44
        steps += 1
    return steps, x


def alternate(n):
    a, b = 1, 1.0
    for _ in range(n):
        a, b = b, a + b
    return a, b


def negate(n):
    x = n
    for _ in range(5):
        x = -x
        x -= 1
    return x


print(scale(9), grow(10), grow(16), grow(17), grow(18), grow(25))
print(shrink(2**47), shrink(2**50 + 1), shrink(2.0**47), alternate(10))
print(negate(5), negate(2**47 - 1), negate(-(2**47)), negate(0.0), negate(-0.0), negate(2**63))
print([-x for x in (0, 2**47, -(2**47), 2**63, 0.0)], [abs(x) for x in (-(2**47), -(2**63), -0.0)])
print(sum(2**46 for _ in range(8)), sum([2**62, 2**62, 1.0]))
