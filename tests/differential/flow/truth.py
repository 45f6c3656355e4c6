# What counts as true, and who is asked.
class WithBool:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        print("bool", end=" ")
        return self.v


class WithLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len", end=" ")
        return self.n


class Both(WithLen):
    def __bool__(self):
        return False


class BadBool:
    def __bool__(self):
        return 1


class BadLen:
    def __len__(self):
        return -1


class TextLen:
    def __len__(self):
        return "3"


for o in (WithBool(True), WithBool(False), WithLen(0), WithLen(2), Both(5), object()):
    print("yes" if o else "no", not o)
for o in (BadBool(), BadLen(), TextLen()):
    try:
        if o:
            print("?")
    except Exception as e:
        print(type(e).__name__, e)
    try:
        while not o:
            pass
    except Exception as e:
        print(type(e).__name__, e)
a = WithBool(False) or "second"
b = WithBool(True) and "both"
print(a, b)
print([] or {} or 0 or "" or None, 1 and "x" and [] and 2, not [] and not "")
x = None
if x is None and not x:
    print("none")
if x is not None or WithLen(1):
    print("some")
if 0:
    print("dead")
elif "":
    print("dead")
elif 0.0:
    print("dead")
else:
    print("else")
print(1 if [] else 2 if () else 3, (lambda: 0)() or 5, bool(WithLen(3)))
print(0 or False, False or 0, 0.0 and 1, "" or 0 or (), 5 and None)
