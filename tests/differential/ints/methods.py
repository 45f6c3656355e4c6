# What an int can do besides arithmetic.
for n in (0, 1, -1, 255, -256, 2**47, 2**63, 10**20, -(10**20)):
    print(n, n.bit_length(), n.bit_count(), n.conjugate(), n.real, n.imag, n.numerator, n.denominator)
print((1024).to_bytes(2), (1024).to_bytes(4, "little"), (-1).to_bytes(2, "big", signed=True))
print(int.from_bytes(b"\x04\x00"), int.from_bytes(b"\xff\xfe", "little", signed=True))
print((5).as_integer_ratio(), (7).is_integer(), True.bit_length())
for bad in (lambda: (256).to_bytes(1), lambda: (-1).to_bytes(1), lambda: (1).to_bytes(2, "middle")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print((7).__add__(8), (7).__radd__(8), (7).__add__(1.5), (7).__lt__(8), (7).__eq__("7"))
print((-7).__abs__(), (7).__neg__(), (7).__bool__(), (0).__bool__(), (7).__float__(), (7).__index__())
print((3).__pow__(4), (17).__divmod__(5), (17).__rfloordiv__(100), (5).__truediv__(2))
