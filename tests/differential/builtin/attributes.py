# getattr, setattr, hasattr, delattr, vars, dir, callable, id, type, isinstance.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class C:
    x = 1

    def m(self):
        return "m"


c = C()
print(getattr(c, "x"), getattr(c, "m")(), getattr(c, "zz", None), getattr(C, "x"), hasattr(c, "m"), hasattr(c, "zz"), getattr("abc", "upper")(), hasattr([], "append"), hasattr(5, "real"))
setattr(c, "dyn name", 5)
print(getattr(c, "dyn name"), vars(c), delattr(c, "dyn name"), vars(c))
attempt(lambda: getattr(c, "zz"))
attempt(lambda: getattr(c))
attempt(lambda: getattr(c, 1))
attempt(lambda: getattr(c, "a", 1, 2))
attempt(lambda: hasattr(c, 1))
attempt(lambda: setattr(c, 1, 2))
attempt(lambda: setattr(5, "x", 2))
attempt(lambda: setattr([], "x", 2))
attempt(lambda: setattr(int, "x", 2))
attempt(lambda: setattr(len, "x", 2))
attempt(lambda: delattr(c, "zz"))
attempt(lambda: delattr(int, "real"))
attempt(lambda: vars(c, c))
attempt(lambda: setattr(c, "x"))
attempt(lambda: isinstance(1))
attempt(lambda: callable())
print(callable(len), callable(c), callable(C), callable(c.m), callable(lambda: 0), callable("x"))
print(type(5) is int, type(c) is C, type(C) is type, type(None), type(type), isinstance(True, int), isinstance(c, C), isinstance(5, (str, int)), isinstance([], object), issubclass(bool, int), issubclass(C, object), isinstance(5, int | str), issubclass(int, (str, object)))
print(id(c) == id(c), id(c) != id(C()), c is c, [] is not [], type(id(c)))
print([n for n in dir(c) if not n.startswith("__")], "x" in dir(C), "append" in dir(list), sorted(dir(type("E", (), {"b": 1, "a": 2})))[-2:])


class D:
    def __dir__(self):
        return ["z", "a"]


print(dir(D()), hash(5), hash("") == 0, hash(None) == hash(None), repr(5), ascii("é"), callable(D.__dir__))
print(bool(5), int(5.5), float(2), str(5), list("a"), tuple([1]), set([1]), dict(a=1), bytes(1), frozenset([1]))
print(abs(-5), abs(-2.5), divmod(7, 2), pow(2, 3), round(2.5), bin(5), oct(8), hex(255), chr(65), ord("A"), len("abc"))
