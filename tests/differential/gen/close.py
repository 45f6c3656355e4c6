# close: GeneratorExit, finally, refusing to stop, with blocks.
def careful(log):
    try:
        yield 1
        yield 2
    except GeneratorExit:
        log.append("exit")
        raise
    finally:
        log.append("finally")


log = []
g = careful(log)
next(g)
print(g.close(), log, next(g, "closed"), g.close())
unstarted = careful(log)
unstarted.close()
print(log, list(unstarted))


def stubborn():
    for answer in ("no", "still no"):
        try:
            yield answer
        except GeneratorExit:
            print("ignored")


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)
print(next(g, "ended by itself"))


def returns():
    try:
        yield 1
    except GeneratorExit:
        return "quiet"


g = returns()
next(g)
print(g.close())


def raises():
    try:
        yield
    finally:
        raise ValueError("in close")


g = raises()
next(g)
try:
    g.close()
except ValueError as e:
    print(e, repr(e.__context__))


class Res:
    def __enter__(self):
        print("open")
        return self

    def __exit__(self, *a):
        print("close", a[0].__name__ if a[0] else None)


def lines():
    with Res():
        for i in range(10):
            yield i


for i in lines():
    if i == 1:
        break
print("after break")
g = lines()
next(g)
del g
print("after del")


def outer():
    try:
        yield from lines()
    finally:
        print("outer finally")


g = outer()
next(g)
g.close()
print("end")
