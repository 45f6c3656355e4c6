# Defaults are evaluated once, at the def, in order.
log = []


def note(x):
    log.append(x)
    return x


def f(a=note("a"), *, b=note("b"), c=note("c")):
    return a, b, c


print(log, f(), f(1, c=2))


def append(x, to=[]):
    to.append(x)
    return to


print(append(1), append(2), append(3, []), append(4), append.__defaults__)
makers = [lambda i=i: i * 10 for i in range(3)]
late = [lambda: i * 10 for i in range(3)]
print([m() for m in makers], [m() for m in late])
n = 5


def g(x=n):
    return x


n = 6
print(g(), g.__defaults__, f.__kwdefaults__)
g.__defaults__ = (99,)
print(g())
g.__defaults__ = None
try:
    g()
except TypeError as e:
    print(e)
f.__kwdefaults__ = {"b": "new b"}
try:
    f()
except TypeError as e:
    print(e)
print(f(c=0))


class K:
    size = 3

    def m(self, n=size):
        return n


K.size = 10
print(K().m())
