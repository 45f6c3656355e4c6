# Every kind of parameter and how arguments find them.
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(f(1, d=4))
print(f(1, 20, 30, 40, 50, d=4, e=6, z=7, a="kw a", b="kw b"))
print(f(1, c=9, d=0), f(*[1, 2], **{"d": 3, "x": 4}), f(1, *(2, 3), d=4, *[5, 6], **{"e": 1}, y=2))


def g(*, k, m=1):
    return k, m


def h(*args, **kw):
    return args, kw


def p(a, b, /):
    return a - b


print(g(k=1), g(m=2, k=3), h(), h(1, 2, x=3), h(*"ab", **{"a": 1}), p(5, 3), h(*range(3), *[], 9), h(**{}, **{"q": 1}))
print((lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, 3, c=4, e=5), (lambda: None)(), (lambda *a: a)(), (lambda x=5: x)())


def order(a=1, *args, b, c=3):
    return a, args, b, c


print(order(b=2), order(0, 9, 8, b=1), order(c=1, b=2, a=3))
d = {"c": 30}
print(f(1, 2, **d, d=4), d)
kw = h(**d)[1]
kw["c"] = "changed"
print(d)
args = [1, 2]
got = h(*args)[0]
args.append(3)
print(got, args)
