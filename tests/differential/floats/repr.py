# The shortest text that reads back, and when the exponent appears.
values = [
    0.0, -0.0, 1.0, -1.5, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 1e15, 1e16, 1e17, 123456789012345680.0,
    1e22, 1e23, 1e-4, 1e-5, 0.00012345, 1.5e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
    3.141592653589793, 2.5e10, 9007199254740993.0, 1e100, 123456.789e-3, float("inf"), float("-inf"), float("nan"),
]
for v in values:
    print(repr(v), str(v), f"{v}", v == float(repr(v)))
print([0.1, 1e20], (1.0,), {1.5: 2.5})
print(1e3, 1E+3, 1_000.5, .5, 5., 0e0, 1e-0)
