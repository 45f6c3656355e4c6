# Every binary operator and its in-place form, on a recording class.
class R:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def binary(sym):
    return lambda a, b: R(f"({a}{sym}{b})"), lambda a, b: R(f"({b}{sym}r{a})"), lambda a, b: R(f"{a}{sym}={b}")


OPS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>", "matmul": "@"}
for name, sym in OPS.items():
    f, r, i = binary(sym)
    setattr(R, f"__{name}__", f)
    setattr(R, f"__r{name}__", r)
    setattr(R, f"__i{name}__", i)
a, b = R("a"), R("b")
print(a + b, a - 1, 1 - a, a * b, 2 * a, a / b, 1 / a, a // b, 7 // a, a % b, "s" % a if False else 1 % a, a**b, 2**a, a & b, 1 & a, a | b, 1 | a, a ^ b, 1 ^ a, a << b, 1 << a, a >> b, 1 >> a, a @ b, 1 @ a)
x = a; x += 1; print(x, end=" ")
x = a; x -= b; print(x, end=" ")
x = a; x *= b; print(x, end=" ")
x = a; x /= b; print(x, end=" ")
x = a; x //= b; print(x, end=" ")
x = a; x %= b; print(x, end=" ")
x = a; x **= b; print(x, end=" ")
x = a; x &= b; print(x, end=" ")
x = a; x |= b; print(x, end=" ")
x = a; x ^= b; print(x, end=" ")
x = a; x <<= b; print(x, end=" ")
x = a; x >>= b; print(x, end=" ")
x = a; x @= b; print(x)
print(a + b * a - b ** a ** b // 2 % a << 1 & b | a ^ b, (a + b) * a, [1] + a, "s" + a, None + a, a + None, 1.5 * a, [0] * a)
y = 5
y += a
print(y)
l = [1]
try:
    l += a
except TypeError as e:
    print(e)
s = "s"
s += a
print(s)
del R.__iadd__
x = a
x += b
print(x)
del R.__add__
try:
    x = a
    x += 5
except TypeError as e:
    print(e)
print(5 + a, a.__sub__(b), R.__mul__(a, b))
R.__sub__ = None
try:
    a - b
except TypeError as e:
    print(e)
R.__rsub__ = lambda s, o: NotImplemented
try:
    5 - a
except TypeError as e:
    print(e)
