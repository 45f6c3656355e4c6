# __cause__, __context__ and __suppress_context__.
def show(e, depth=0):
    while e is not None:
        print(" " * depth, repr(e), "| cause", repr(e.__cause__), "| context", repr(e.__context__), "|", e.__suppress_context__)
        e, depth = e.__cause__ or e.__context__, depth + 1


def implicit():
    try:
        {}["k"]
    except KeyError:
        raise ValueError("while handling")


def explicit():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise RuntimeError("from") from e


def hidden():
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("none") from None


def three():
    try:
        implicit()
    except ValueError:
        int("x")


def in_finally():
    try:
        raise KeyError("first")
    finally:
        raise IndexError("second")


def cause_class():
    raise TypeError("t") from ValueError


def reraise():
    try:
        implicit()
    except ValueError:
        raise


def reraise_named():
    try:
        explicit()
    except RuntimeError as e:
        raise e


def handled_before():
    try:
        raise KeyError("gone")
    except KeyError:
        pass
    raise ValueError("clean")


def nested_handlers():
    try:
        raise KeyError("a")
    except KeyError:
        try:
            raise IndexError("b")
        except IndexError:
            pass
        raise ValueError("c")


for f in (implicit, explicit, hidden, three, in_finally, cause_class, reraise, reraise_named, handled_before, nested_handlers):
    print(f.__name__)
    try:
        f()
    except Exception as e:
        show(e)
for bad in (5, "x"):
    try:
        raise ValueError from bad
    except TypeError as e:
        print(e)
e = ValueError("v")
e.__cause__ = KeyError("set")
print(e.__suppress_context__, repr(e.__cause__))
try:
    e.__cause__ = 5
except TypeError as err:
    print(err)
try:
    try:
        raise e
    except ValueError as first:
        raise first
except ValueError as second:
    print(second is e, second.__context__)
