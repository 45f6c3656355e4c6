# bool is an int with its own text and its own bitwise results.
print(True + True, True * 3, -True, True / 2, True // 1, 2**True)
print(True & False, True | False, True ^ True, True & 3, 1 | True, type(True & True), type(True & 1))
print(bool(0), bool(""), bool([]), bool(0.0), bool(None), bool("0"), bool([0]), bool(-0.0), bool(float("nan")))
print(repr(True), str(False), f"{True}", f"{True:d}", f"{True:>6}", f"{True!r:>6}", "%d %s" % (True, True))
print(isinstance(True, int), issubclass(bool, int), type(True), bool.__mro__)
print([10, 20][True], "ab"[False], range(5)[True])
print(sum([True, False, True]), max(True, 2), sorted([True, False, 0, 1]))
print(not 0, not [1], not not "x")
print(1 and 2, 0 and 2, 1 or 2, 0 or "" or [], None or 0, [] and 1)
try:
    bool(1, 2)
except TypeError as e:
    print(e)
try:
    class B(bool):
        pass
except TypeError as e:
    print(e)
