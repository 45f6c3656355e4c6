# None, Ellipsis, NotImplemented and how they behave.
print(None, ..., NotImplemented, type(None), type(...), type(NotImplemented))
print(None == None, None is None, None != 0, not None, bool(...), ... is Ellipsis, hash(None) == hash(None), repr(None))
n, e, one = None, ..., [1]
for f in (lambda: n + 1, lambda: n < n, lambda: n[0], lambda: n(), lambda: n.x, lambda: len(n), lambda: [x for x in n], lambda: 1 in n, lambda: -n, lambda: int(n), lambda: e + 1, lambda: e[0], lambda: "a" + n, lambda: one[n]):
    try:
        print(f())
    except Exception as err:
        print(type(err).__name__, err)


def nothing():
    pass


def only_return():
    return


print(nothing(), only_return(), (lambda: None)(), print(), [].append(1), {}.update(), [None] * 2, {None: None}, (None,))
x = None
x = x or "default"
print(x, None or 0, None and 1, [i for i in (None, 0, "", 1) if i is not None], [None, 1].index(None), [None].count(None))
print(isinstance(None, type(None)), None in [None], sorted([True, False]), str(None) + "!", f"{None}", "%s" % None)
