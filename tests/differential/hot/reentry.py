# Loops whose values change type on the way, and come back to what they were.


def total(values):
    result = 0
    for value in values:
        result = result + value
    return result


def product(values, start):
    result = start
    for value in values:
        result *= value
    return result


def powers(base, count):
    found = []
    value = 1
    for _ in range(count):
        value = value * base
        found.append(value)
    return found


def shrink(value):
    steps = 0
    while value > 10:
        if value % 2:
            value = value * 3 - 1
        else:
            value = value // 2
        steps += 1
    return steps, value


def alternate(n):
    x = 0
    seen = []
    for i in range(n):
        if i % 3 == 0:
            x = x + 1
        elif i % 3 == 1:
            x = x + 0.5
        else:
            x = int(x)
        seen.append(x)
    return seen


print(total([1, 2, 3]), total([1.5, 2, 3]), total([1, 2, 2.5, True]), total([]))
print(total([2**62, 2**62, 2**62, -(2**63), 5]), total([2**47, 1, -1, 2**47 - 1]))
print(total([1, 2.0, 2**70, 3]), total([2**70, -(2**70), 7]))
try:
    total([1, 2, "x", 3])
except TypeError as error:
    print("TypeError:", error)
try:
    total(["a", "b"])
except TypeError as error:
    print("TypeError:", error)
print(product([1, 2, 3, 4], 1), product([1, 2.5], 2), product([2, 3], "ab"), product([3], [1, None]))
print(product([10**9] * 4, 1), product([10**9, 10**9, 10**9, 0, 5], 1), product([-(2**31)] * 3, 2.0))
print(powers(10, 25)[-3:], powers(-7, 24)[-2:], powers(0.5, 4), powers(1, 3))
print(shrink(27), shrink(10**30 + 1), shrink(12.5), shrink(2**64))
print(alternate(10))
print([type(x).__name__ for x in alternate(7)])


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Money(self.cents + getattr(other, "cents", other))

    __radd__ = __add__

    def __repr__(self):
        return f"Money({self.cents})"


print(total([Money(5), 1, Money(2)]), total([1, Money(5), 2.0]))
