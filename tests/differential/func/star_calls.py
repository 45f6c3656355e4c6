# Calls with stars in every position, over every kind of iterable and mapping.
def show(*args, **kw):
    return args, kw


class Mapping:
    def keys(self):
        print("keys", end=" ")
        return iter(["m1", "m2"])

    def __getitem__(self, k):
        print("get", k, end=" ")
        return k.upper()


def gen():
    yield from "gh"


print(show(*[1, 2], 3, *(4,), *{5: 0}, *"ab", *gen(), *range(2), *{9}))
print(show(**{"a": 1}, b=2, **{"c": 3}, **Mapping()))
print(show(*[], **{}), show(*(), *[]), show(1, *[2], k=3, *[4], **{"j": 5}))
for f in (lambda: show(**{"a": 1}, a=2), lambda: show(a=1, **{"a": 2}), lambda: show(**{"a": 1}, **{"a": 2}), lambda: show(**{1: 2}), lambda: show(*5), lambda: show(**5), lambda: show(**None), lambda: show(*None), lambda: len(*[1, 2]), lambda: print(**{"nope": 1}), lambda: int(*["12", 3]), lambda: int(*["12"], **{"base": 3}), lambda: dict(*[{}], **{"x": 1}), lambda: show.nope(*[1]), lambda: (lambda x: x)(*[1, 2]), lambda: (lambda x: x)(**{"y": 1}), lambda: show(*[1], *7), lambda: [].append(*[1, 2]), lambda: max(*[]), lambda: max(*[3, 1])):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(e)


def fixed(a, b, c=3, *rest, d, e=5):
    return a, b, c, rest, d, e


print(fixed(*[1, 2], d=4), fixed(*"abcde", d=0), fixed(1, **{"b": 2, "d": 4}), fixed(*[1], **{"b": 2, "d": 3, "e": 4}), fixed(*[1, 2, 3], **{"d": 1}))
for f in (lambda: fixed(*[1], d=1), lambda: fixed(*[1, 2]), lambda: fixed(*[1, 2], **{"a": 1, "d": 2}), lambda: fixed(1, 2, d=1, f=2), lambda: fixed(**{"a": 1})):
    try:
        f()
    except TypeError as e:
        print(e)


class C:
    def m(self, *a, **k):
        return a, k

    @classmethod
    def c(cls, *a, **k):
        return cls.__name__, a, k


args, kw = (1, 2), {"x": 3}
print(C().m(*args, **kw), C.c(*args, **kw), C.m(C(), *args), getattr(C(), "m")(*args, **kw), (lambda f, *a: f(*a))(C().m, *args))
k2 = show(**kw)[1]
k2["y"] = 1
print(kw, show(*args)[0] is args)
print(*[1, 2], *"ab", sep="-")
print([*args, *[3]], (*args,), {*args, *args}, {**kw, "z": 1, **{"x": 9}})
