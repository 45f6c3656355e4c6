# Class bodies see the globals and their own names; methods do not see the class's.
x = "module"
y = "module y"


class C:
    x = "class"
    z = x + "!"
    values = [x for _ in range(1)]
    first_is_class = [v for v in x]
    y = y + " copied"

    def method(self):
        return x

    class Inner:
        seen = x

    if x == "class":
        w = "conditional"
    for i in range(2):
        j = i * 2
    lam = lambda self: x
    del z


print(C.values, "".join(C.first_is_class), C.y, C().method(), C.Inner.seen, C.w, C.i, C.j, C().lam(), hasattr(C, "z"))


def outer():
    x = "enclosing"

    class D:
        def method(self):
            return x

        seen = x

    class E:
        x = x if False else "own"

        def method(self):
            return x

    return D.seen, D().method(), E.x, E().method()


try:
    print(outer())
except NameError as e:
    print(type(e).__name__, e)


def nl():
    n = 0

    class Counter:
        nonlocal n
        n = 5

        def bump(self):
            nonlocal n
            n += 1
            return n

    return Counter().bump(), n


print(nl())


class G:
    global made_by_class
    made_by_class = "yes"

    def __init__(self):
        self.__private = 1
        self._G__other = 2

    def get(self):
        return self.__private, self.__other

    def __hidden(self):
        return "hidden"

    def call(self):
        return self.__hidden()


print(made_by_class, G().get(), G().call(), sorted(vars(G())), hasattr(G(), "__private"))
try:
    G().__private
except AttributeError as e:
    print(e)
try:
    class Bad:
        a = b_undefined
except NameError as e:
    print(e)
