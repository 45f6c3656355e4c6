# print writes to whatever sys.stdout is.
import sys


class Capture:
    def __init__(self):
        self.text = ""

    def write(self, s):
        self.text += s
        return len(s)

    def flush(self):
        self.flushed = True

    def __enter__(self):
        self.saved, sys.stdout = sys.stdout, self
        return self

    def __exit__(self, *a):
        sys.stdout = self.saved


with Capture() as c:
    print("inside", 1)
    print("no newline", end="")
    sys.stdout.write("!")
print(repr(c.text))
with Capture() as c:
    print("x", flush=True)
print(c.flushed, sys.__stdout__ is sys.stdout)


class Tee:
    def __init__(self, *outs):
        self.outs = outs

    def write(self, s):
        for o in self.outs:
            o.write(s)


log = Capture()
print("to both", file=Tee(sys.stdout, log))
print(repr(log.text))
real = sys.stdout
sys.stdout = None
print("nowhere")
sys.stdout = real
print("back")
del sys.stdout
try:
    print("lost")
except RuntimeError as e:
    sys.stdout = real
    print(e)


class NoWrite:
    pass


try:
    print("x", file=NoWrite())
except AttributeError as e:
    print(e)
