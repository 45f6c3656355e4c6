# Ranges of exceptions from method calls: reading the method, or the call itself.
class X:
    def m(self, a):
        return a


x = X()


def step(k):
    if k == 0:
        return x.nothing(1)
    if k == 1:
        return x.m(1).other(2)
    if k == 2:
        return (x
                .m(1)
                .other(2))
    if k == 3:
        return x.m(1, 2)
    if k == 4:
        for i in range(3):
            x.gone(i)
    if k == 5:
        return x.m(x.n())
    if k == 6:
        return [x.absent() for _ in range(2)]
    if k == 7:
        return f"{x.m(1).upper()}"
    x.m.attribute()


def chain(k):
    try:
        if k:
            chain(k - 1)
    finally:
        step(k)


chain(8)
