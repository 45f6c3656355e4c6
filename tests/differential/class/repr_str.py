# Default representations and the fallbacks between __str__, __repr__ and __format__.
class OnlyRepr:
    def __repr__(self):
        return "<r>"


class OnlyStr:
    def __str__(self):
        return "s"


class Sub(OnlyRepr):
    def __str__(self):
        return "sub " + super().__str__()


o = OnlyRepr()
print(o, str(o), [o], f"{o} {o!r}", {"k": o}, (o,), {o} == {o}, "%s %r" % (o, o))
s = OnlyStr()
print(s, repr(s).startswith("<__main__.OnlyStr object at 0x"), str([s]).startswith("[<__main__.OnlyStr object"))
print(Sub(), [Sub()])
print(OnlyStr, [OnlyStr], type(o), int, type(None), type(len), type(...), type(NotImplemented), Exception)


class Outer:
    class Inner:
        pass

    def method(self):
        class Local:
            pass

        return Local


print(Outer.Inner, Outer().method(), Outer.method.__qualname__)
print(str(Outer.method).startswith("<function Outer.method at"), str(Outer().method).startswith("<bound method Outer.method of <__main__.Outer object at"), str(len), str("".join).startswith("<built-in method join of str object at"), str.join, int.__add__, str(lambda: 0).startswith("<function <lambda> at"))
print(None, ..., NotImplemented, True, [None, ...], {"a": None})


class Rec:
    def __init__(self):
        self.items = [self]

    def __repr__(self):
        return f"Rec({len(self.items)})"


print(Rec().items)
l = [1]
l.append(l)
d = {"self": None}
d["self"] = d
t = ([],)
t[0].append(t)
print(l, d, t)


class Raises:
    def __repr__(self):
        raise ValueError("repr fails")


try:
    print([Raises()])
except ValueError as e:
    print(e)
