# Decorators: order of application, arguments, on classes and methods, keeping state.
def trace(label):
    print("make", label)

    def decorate(f):
        print("apply", label, f.__name__)

        def wrapper(*args, **kw):
            print("enter", label, args, kw)
            try:
                return f(*args, **kw)
            finally:
                print("leave", label)

        wrapper.__name__ = f.__name__
        return wrapper

    return decorate


@trace("outer")
@trace("inner")
def add(a, b=1):
    return a + b


print(add(2), add(2, b=3), add.__name__)


class count:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)


@count
def square(x):
    return x * x


print([square(i) for i in range(4)], square.calls)
registry = {}


def register(cls):
    registry[cls.__name__.lower()] = cls
    cls.registered = True
    return cls


@register
class Widget:
    @property
    def name(self):
        return "w"

    def __repr__(self):
        return "<widget>"

    @trace("method")
    def m(self, x):
        return x


print(registry["widget"] is Widget, Widget.registered, Widget().m(5))


@lambda f: 42
def replaced():
    pass


print(replaced)


def deco(f):
    return [f.__name__, f(10)]


class K:
    @deco
    def looks_like_method(x):
        return x + 1

    decorators = {"d": deco}


print(K.looks_like_method)


@K.decorators["d"]
def last(y):
    return y


print(last)
