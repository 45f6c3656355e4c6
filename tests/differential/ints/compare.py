# Comparisons between ints, floats and bools are exact.
big = 2**53
print(big == float(big), big + 1 == float(big), big + 1 > float(big), big + 1 <= float(big + 1))
print(10**400 > 1e308, -(10**400) < float("-inf"), 10**400 < float("inf"))
nan = float("nan")
print(1 < nan, 1 > nan, 1 == nan, 1 != nan, nan == nan, 10**30 < nan)
print(True == 1, True < 2, False == 0.0, True is True, 1 == 1.0, 0 == -0.0)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2, 1 == 1 != 2, 1 < 2 > 1)
values = [3, 1.5, True, -(10**20), 2.0**70, 0, False, 10**20]
print(sorted(values), max(values), min(values))
for pair in [(1, "1"), (None, 1), (1, None), ([], 1), (1, ()), ("a", b"a")]:
    a, b = pair
    print(a == b, a != b)
    for name, op in (("<", lambda: a < b), (">=", lambda: a >= b)):
        try:
            print(op())
        except TypeError as e:
            print(e)
