# Functions are objects with names, docs, defaults and a dict.
def documented(a, b: int = 2, *c: str, d: "x" = None, **e) -> float:
    """What it does.

    More.
    """
    return a


print(documented.__name__, documented.__qualname__, documented.__module__, documented.__doc__)
print(documented.__defaults__, documented.__kwdefaults__, documented.__annotations__)
documented.counter = 1
documented.counter += 1
print(documented.counter, documented.__dict__, hasattr(documented, "nope"))
documented.__name__ = "renamed"
documented.__doc__ = None
print(documented.__name__, documented.__qualname__, documented.__doc__)
try:
    documented.nope
except AttributeError as e:
    print(e)
try:
    documented.__name__ = 5
except TypeError as e:
    print(e)


def outer():
    def inner():
        pass

    return inner


class C:
    def method(self):
        """doc of method"""

    class D:
        def deep(self):
            pass


print(outer().__qualname__, C.method.__qualname__, C.D.deep.__qualname__, (lambda: 0).__name__, C().method.__name__, C().method.__doc__)
print(C.D.__qualname__, C.D.__name__, C.__module__, callable(C), callable(documented), callable(5), callable(C().method))
f = documented
print(f is documented, f == documented, C.method is C.method, C().method == C().method, type(f).__name__, type(C().method).__name__, type(len).__name__, type("".upper).__name__)
c = C()
m = c.method
print(m.__self__ is c, m.__func__ is C.method, c.method == c.method, c.method is c.method)
print(documented.__code__.co_name, documented.__code__.co_argcount, documented.__code__.co_varnames[:3])
