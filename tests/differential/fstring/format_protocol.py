# __format__ gets the spec; errors of specs; evaluation order.
class Money:
    def __init__(self, n):
        self.n = n

    def __format__(self, spec):
        return f"[{spec!r}:{self.n}]"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


class Plain:
    def __str__(self):
        return "plain str"


class BadFormat:
    def __format__(self, spec):
        return 5


m = Money(7)
print(f"{m} {m:x} {m!s} {m!r} {m!s:>5} {m:{1 + 1}{'a'}} {m:%Y-%m}", format(m), format(m, "q"), "{:z}".format(m))
print(f"{Plain()}", f"{Plain()!s:>12}")
for f in (lambda: f"{Plain():>5}", lambda: f"{BadFormat()}", lambda: f"{'a':d}", lambda: f"{5:s}", lambda: f"{None:5}", lambda: f"{[]:x}", lambda: f"{1.5:d}", lambda: f"{'x':{'y'}}", lambda: f"{undefined}"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def t(x):
    print("t", x, end=" ")
    return x


print(f"{t(1)} {t(2):{t(4)}} {t('r')!r:{t('>')}{t(6)}}|")


class Log:
    def __init__(self):
        self.calls = []

    def __repr__(self):
        self.calls.append("repr")
        return "R"

    def __str__(self):
        self.calls.append("str")
        return "S"


log = Log()
print(f"{log} {log!r} {log!s} {log!a}", str(log), repr(log), [log], log.calls)


class BadStr:
    def __str__(self):
        return 5

    def __repr__(self):
        return None


for f in (str, repr, lambda b: f"{b}", lambda b: f"{b!r}", print, lambda b: [b].__repr__()):
    try:
        f(BadStr())
    except TypeError as e:
        print(e)
