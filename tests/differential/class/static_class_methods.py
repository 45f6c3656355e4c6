# Class methods, static methods, alternative constructors, through instances and subclasses.
class Date:
    fmt = "%d-%02d"

    def __init__(self, y, m):
        self.y, self.m = y, m

    @classmethod
    def parse(cls, text):
        y, m = map(int, text.split("-"))
        return cls(y, m)

    @classmethod
    def name(cls):
        return cls.__name__

    @staticmethod
    def valid(m):
        return 1 <= m <= 12

    def __str__(self):
        return self.fmt % (self.y, self.m)


class Month(Date):
    fmt = "<%d/%d>"

    @classmethod
    def parse(cls, text):
        made = super().parse(text)
        made.sub = True
        return made

    @staticmethod
    def valid(m):
        return "sub " + str(Date.valid(m))


d, m = Date.parse("2024-3"), Month.parse("2024-3")
print(d, m, m.sub, d.name(), m.name(), Month.name(), d.valid(13), m.valid(3), Date.valid(1), type(m.parse("1-2")).__name__)
f, g = Month.parse, m.valid
print(f("5-6"), g(0), Date.parse.__self__ is Date, Month.name.__func__ is Date.name.__func__)


def outside(cls, x):
    return cls.__name__, x


Date.added = classmethod(outside)
Date.st = staticmethod(lambda x: x + 1)
print(Month.added(1), d.added(2), Month.st(5), d.st(6))
for f in (lambda: Date.parse(), lambda: Date.valid(), lambda: Date.parse("x"), lambda: d.__str__(1), lambda: Date.__str__()):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
s = staticmethod(len)
print(s("callable too"), Date.__dict__["valid"].__func__(5), type(Date.__dict__["name"]).__name__)
