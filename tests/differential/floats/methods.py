# Methods of float and the texts float() takes.
for x in (0.5, -2.75, 3.0, 1e20, 0.1):
    print(x.is_integer(), x.as_integer_ratio(), x.hex(), x.conjugate(), x.real, x.imag)
print(float.fromhex("0x1.8p3"), float.fromhex("-0x.1p-4"), float.fromhex("inf"))
for text in ("1.5", " 2e3 ", "1_0.5", "inf", "-Infinity", "nan", "+.5", "5.", "", "1e", "1.5.2", "0x10", "١.٥", "1e400", "-1e-400"):
    try:
        print(repr(text), float(text))
    except Exception as e:
        print(repr(text), type(e).__name__, e)
for bad in (None, [], "a b"):
    try:
        print(float(bad))
    except Exception as e:
        print(type(e).__name__, e)
for x in (float("nan"), float("inf")):
    try:
        print(x.as_integer_ratio())
    except Exception as e:
        print(type(e).__name__, e)
print(float(), float(True), float(b"2.5"), (1.5).__add__(2), (1.5).__eq__("a"), (2.5).__int__(), (2.5).__trunc__(), (2.5).__floor__(), (-2.5).__ceil__())
