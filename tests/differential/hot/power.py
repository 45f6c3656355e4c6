# `**` with numbers known and unknown, in line and not.


def square(values):
    return [value**2 for value in values]


def root(values):
    return [value**0.5 for value in values]


def raised(bases, exponents):
    out = []
    for base in bases:
        for exponent in exponents:
            try:
                out.append(base**exponent)
            except Exception as error:
                out.append(f"{type(error).__name__}: {error}")
    return out


print(square([3, -4, 2.5, True, 2**31, 2**32, -(2**40), 10**20, 1e100, -0.0, float("inf")]))
print(root([4, 2.25, 0, 0.0, 2**60, True, float("inf")]))
print(root([-1.0, -4]))
print(raised([2, -2, 0, 1], [3, 0, -1, 63, 64]))
print(raised([2.0, -2.0, 0.0, -0.0, float("inf"), float("nan")], [3, 0, -1, 0.5, -0.5, 2000, float("inf")]))
x = 2.0
x **= 3
y = 7
y **= 2
print(x, y, 2**-1, (-8) ** (1 / 3) if False else "", pow(2, 10, 1000))
try:
    print(1e308**2)
except OverflowError as error:
    print(error)
total = 0.0
for i in range(1, 6):
    total += (i * 1.5) ** -1.5 + i**2 - 2**i
print(total)
