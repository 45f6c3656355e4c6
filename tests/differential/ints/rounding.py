# round() to even, with digits, and on ints with negative digits.
for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16, 0.49999999999999994):
    print(x, round(x), round(x, 0), round(x, 2))
for n in (0, 5, 15, 25, 35, 1234, -1250, -1350, 10**20 + 50):
    print(n, round(n), round(n, 2), round(n, -1), round(n, -2), round(n, -30))
print(round(1234.5678, -2), round(1234.5678, 3), round(-1234.5678, 1), round(1e300, 5), round(2.5, None))
print(type(round(1.0)), type(round(1.0, 0)), type(round(3, 1)))
for bad in (lambda: round("1"), lambda: round(1.5, "a"), lambda: round(float("nan")), lambda: round(float("inf")), lambda: round(1, 1.0)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
