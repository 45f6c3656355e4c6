# print with every kind of value, separator and nesting.
print()
print("a", 1, 1.0, None, True, [1, "x"], (1,), {"k": (2,)}, {1}, range(2), b"b", ..., sep="|")
print(*"abc", sep="\n", end="\n--\n")
print([[], [[]], {}, set(), (), "", b"", 0, -0.0, 1e100])
print("tab\tand\nnewline", ["tab\tand\nnewline"], "quote'", ["quote'"], 'dq"', ['dq"'], ["both'\""])
print("uni: é €", ["é", "\u200b", "\x7f", "😀", "\ud83d"[:0]], ("日本",), {"ключ": "значение"})
print({"a": {"b": {"c": [1, {2: 3}]}}}, [(1, [2, (3, {4: 5})])], {(1, 2): [3]}, {frozenset([1]): 1})
print(int, str, list, type, object, ValueError, len, print, type(None), type(lambda: 0), type(print), type(range(1)), type(i for i in []), type({}.keys()))


class A:
    def __str__(self):
        return "A str"

    def __repr__(self):
        return "A repr"


class B(A):
    __str__ = A.__repr__


class C:
    def __repr__(self):
        return "C\nover lines"


print(A(), [A()], (A(),), {A(): A()} if False else {"k": A()}, B(), str(B()), C(), [C()])
print("%s %r" % (A(), A()), f"{A()} {A()!r} {A()!s}", "{} {!r}".format(A(), A()), str(A()) + repr(A()), "".join(map(str, [A(), 1])))
print(1, end="")
print(2, end="")
print()
print("no", "newline", end="")
print("", end="\n")
print(sep="x")
print("", "", sep="x")
print("a\0b", repr("a\0b"))
print(10**20, -(10**20), 2**63, 0.1, 1e16, 1e-7, float("inf"), -0.0, 1 / 3, True + 0.5)
print([1.0, 2.5, -0.0, float("nan")], [10**18, 10**19], [True, None, ...], [NotImplemented])
print(slice(1, 2), Exception("x"), [KeyError("k")], StopIteration(), SystemExit(3), type("Dyn", (), {})().__class__.__name__)
print("end", flush=True)
