# Equal numbers hash alike, whatever their type.
for n in (0, 1, -1, -2, 2**31, 2**47, 2**61 - 2, 2**61 - 1, 2**61, 2**62, 2**63, -(2**61), 10**25, -(10**25)):
    print(n, hash(n))
print(hash(1.0), hash(0.5), hash(-0.25), hash(1e300), hash(-1.0), hash(0.1), hash(2.0**61))
print(hash(float("inf")), hash(float("-inf")), hash(True), hash(-0.0))
d = {1: "int", 2**60: "big"}
print(d[1.0], d[True], d[2.0**60], 1.5 in d)
d[True] = "bool"
d[1.0] = "float"
print(d)
print({1, 1.0, True, 0, False, 0.0}, {True: 1, 1: 2})
print(hash((1, 2, 3)) == hash((1.0, 2.0, 3.0)), hash(()) == hash(()), hash(None) == hash(None))
