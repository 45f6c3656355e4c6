# Dates without a library: leap years, weekdays, month grids, differences.
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
MONTHS = "January February March April May June July August September October November December".split()


def leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


class Date:
    def __init__(self, y, m, d):
        if not 1 <= m <= 12:
            raise ValueError("month must be in 1..12")
        if not 1 <= d <= Date.month_days(y, m):
            raise ValueError("day is out of range for month")
        self.y, self.m, self.d = y, m, d

    @staticmethod
    def month_days(y, m):
        return DAYS[m - 1] + (m == 2 and leap(y))

    @property
    def ordinal(self):
        y = self.y - 1
        return y * 365 + y // 4 - y // 100 + y // 400 + sum(Date.month_days(self.y, m) for m in range(1, self.m)) + self.d

    @classmethod
    def from_ordinal(cls, n):
        y = n // 366 + 1
        while cls(y + 1, 1, 1).ordinal <= n:
            y += 1
        n -= cls(y, 1, 1).ordinal
        m = 1
        while n >= cls.month_days(y, m):
            n -= cls.month_days(y, m)
            m += 1
        return cls(y, m, n + 1)

    def weekday(self):
        return (self.ordinal + 6) % 7

    def __add__(self, days):
        return Date.from_ordinal(self.ordinal + days) if isinstance(days, int) else NotImplemented

    __radd__ = __add__

    def __sub__(self, o):
        return self.ordinal - o.ordinal if isinstance(o, Date) else self + -o

    def __str__(self):
        return f"{self.y:04}-{self.m:02}-{self.d:02}"

    def __format__(self, spec):
        parts = {"%Y": f"{self.y:04}", "%m": f"{self.m:02}", "%d": f"{self.d:02}", "%B": MONTHS[self.m - 1], "%a": "Mon Tue Wed Thu Fri Sat Sun".split()[self.weekday()]}
        for k, v in parts.items():
            spec = spec.replace(k, v)
        return spec or str(self)


def month(y, m):
    yield f"{MONTHS[m - 1]} {y}".center(20).rstrip()
    yield "Mo Tu We Th Fr Sa Su"
    cells = ["  "] * Date(y, m, 1).weekday() + [f"{d:2}" for d in range(1, Date.month_days(y, m) + 1)]
    for i in range(0, len(cells), 7):
        yield " ".join(cells[i : i + 7])


a, b = Date(2024, 2, 28), Date(1999, 12, 31)
print(a + 1, a + 2, b + 1, a - b, a - 60, 5 + b, f"{a:%a %d %B %Y}", f"{b}", [leap(y) for y in (1900, 2000, 2023, 2024)])
print(all(str(Date.from_ordinal(n)) == str(Date(1, 1, 1) + (n - 1)) for n in range(1, 3000, 37)), Date(2024, 12, 25).weekday(), Date(1970, 1, 1).ordinal)
print("\n".join(month(2024, 2)))
print("\n".join(month(2023, 10)))
print([str(d) for d in (Date(2024, 1, 13) + 7 * i for i in range(300)) if d.d == 13 and d.weekday() == 5][:4])
for bad in ((2023, 2, 29), (2023, 13, 1), (2023, 4, 31)):
    try:
        Date(*bad)
    except ValueError as e:
        print(e)
try:
    a + 1.5
except TypeError as e:
    print(e)
