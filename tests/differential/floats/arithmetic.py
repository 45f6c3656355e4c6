# Float operators, with the sign rules of // and %.
def show(a, b):
    print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))


for a in (7.5, -7.5, 1e300, 0.1, 6):
    for b in (2.0, -2.0, 0.3, 1e-5):
        show(a, b)
print(-0.0 + 0.0, -0.0 - 0.0, 0.0 * -1, -0.0 == 0.0, 1e308 * 10, -1e308 * 10, 1e-320 / 10)
inf, nan = float("inf"), float("nan")
print(inf - inf, inf * 0, inf / inf, -inf, inf // 2, 5 % inf, -5 % inf, 5 // inf, -5 // inf, nan + 1)
print(2.0**0.5, 4**0.5, 2.0**-1, (-8.0) ** 2, 0.0**0, inf**0, nan**0, 1**nan, inf**-1)
print((-0.0) ** 3, 2.0**1023 * 1.5, abs(-2.5), -(-2.5), +1.5)
try:
    print(10.0**400)
except OverflowError as e:
    print(type(e).__name__, e)
