# Errors while output is redirected, a writer that fails, and stderr text of a failing __str__.
import sys


class Failing:
    def write(self, text):
        if "bad" in text:
            raise OSError(28, "no space left")
        return real.write(text)

    def flush(self):
        pass


class Unprintable:
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


real = sys.stdout
sys.stdout = Failing()
print("fine")
try:
    print("bad line")
except OSError as e:
    print("caught", e, e.errno)
for f in (lambda: print(Unprintable()), lambda: print([Unprintable()]), lambda: f"{Unprintable()}", lambda: "%s" % Unprintable(), lambda: str(Unprintable()), lambda: "".join([Unprintable()])):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
sys.stdout = real
print("restored")


class E(Exception):
    def __str__(self):
        raise RuntimeError("str of E fails")


raise E("x")
