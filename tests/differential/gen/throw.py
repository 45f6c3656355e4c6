# throw: caught inside, passed on, into finished and unstarted generators.
def robust():
    n = 0
    while True:
        try:
            n += 1
            yield n
        except ValueError as e:
            print("inside:", e)
            yield "recovered"
        except KeyError:
            return "stopped by key"
        finally:
            print("finally", n)


g = robust()
print(next(g), next(g))
print(g.throw(ValueError("bad")))
print(next(g))
try:
    g.throw(KeyError("k"))
except StopIteration as e:
    print(e.value)
try:
    g.throw(TypeError("after end"))
except TypeError as e:
    print(e)


def plain():
    yield 1
    yield 2


g = plain()
try:
    g.throw(RuntimeError("unstarted"))
except RuntimeError as e:
    print(e)
print(list(g))
g = plain()
next(g)
try:
    g.throw(IndexError)
except IndexError as e:
    print(repr(e))
print(next(g, "dead"))


def convert():
    try:
        yield 1
    except ValueError as e:
        raise RuntimeError("converted") from e


g = convert()
next(g)
try:
    g.throw(ValueError("v"))
except RuntimeError as e:
    print(e, repr(e.__cause__))


def stop_inside():
    yield 1
    raise StopIteration("leaked")


try:
    list(stop_inside())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def stop_in_next():
    yield next(iter([]))


try:
    list(stop_in_next())
except RuntimeError as e:
    print(e)
g = plain()
next(g)
for bad in (5, "x"):
    try:
        g.throw(bad)
    except TypeError as e:
        print(e)
print(next(g))


def context():
    try:
        yield
    except KeyError:
        yield "handling"


g = context()
next(g)
g.throw(KeyError("first"))
try:
    g.throw(ValueError("second"))
except ValueError as e:
    print(repr(e.__context__))
