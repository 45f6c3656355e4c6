# Chains evaluate each operand once and stop at the first false one.
class V:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        print(f"{self.n}<{other.n}", end=" ")
        return Result(self.n < other.n)

    def __eq__(self, other):
        print(f"{self.n}=={other.n}", end=" ")
        return self.n == other.n


class Result:
    def __init__(self, ok):
        self.ok = ok

    def __bool__(self):
        print("?", end=" ")
        return self.ok

    def __repr__(self):
        return f"R({self.ok})"


def v(n):
    print(f"v{n}", end=" ")
    return V(n)


print(v(1) < v(2) < v(3))
print(v(2) < v(1) < v(3))
print(v(1) < v(2))
print(v(1) == v(1) < v(2) == v(2))
print(not v(1) < v(2) < v(2))
print(1 < 2 in [2, 3], 1 in [1] == [1], "a" in "abc" in ["abc"])
x = 5
print(0 < x < 10, 0 < x > 10, 10 > x <= 5 != 6, x == x == x, None is not x is not None)
if 1 < x < 10 and not 10 < x < 20:
    print("in range")
while 0 < x < 6:
    x -= 2
print(x)
print([i for i in range(10) if 2 <= i < 5], (1 < 2) < 3, 1 < (2 < 3), (3 > 2) == 1)
try:
    1 < 2 < "3"
except TypeError as e:
    print(e)
print(2 < 1 < "3")
print(1 not in [2] not in [[3]], not 1 in [1], "x" not in "abc")
