# What a generator object shows of itself.
def g():
    yield 1
    return 2


it = g()
print(it.__name__, it.__qualname__, it.gi_running, it.gi_yieldfrom)
print(it.gi_frame is not None)
list(it)
print(it.gi_frame)
print(hasattr(it, "send"), hasattr(it, "__next__"), hasattr(it, "__len__"))
for f in (lambda: len(g()), lambda: g()[0], lambda: g() + g(), lambda: g().nope):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)


class K:
    def method(self):
        yield self


print(K().method().__qualname__, next(K().method()).__class__.__name__, type(g).__name__, bool(g()))
