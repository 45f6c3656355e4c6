# Output to both streams, print's file and flush arguments.
import sys

print("to stdout", 1, sep="|", flush=True)
print("to stderr", file=sys.stderr)
n = sys.stdout.write("written\n")
sys.stderr.write("err written\n")
print(n)
print("a", "b", sep="", end="!\n", file=sys.stdout)
print(*range(3), sep=", ")
print()
print("", "")
print(None, sep=None, end=None)
for kw in ({"sep": 1}, {"end": 2}, {"nope": 1}, {"file": 5}):
    try:
        print("x", **kw)
    except Exception as e:
        print(type(e).__name__, e)


class Sink:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)


s = Sink()
print("hello", 5, [1], file=s, sep="-")
print(s.parts)
sys.stdout.flush()
