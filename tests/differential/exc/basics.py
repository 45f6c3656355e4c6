# try/except/else/finally in their orders; matching by class, tuple and base.
def run(f):
    try:
        r = f()
    except ZeroDivisionError:
        return "zero"
    except (KeyError, IndexError) as e:
        return type(e).__name__, e.args
    except ArithmeticError as e:
        return "arith", str(e)
    except Exception as e:
        return "other", type(e).__name__, str(e)
    else:
        return "ok", r
    finally:
        print("finally", end=" ")


class MyErr(IndexError):
    pass


def raiser(e):
    def f():
        raise e

    return f


for f in (lambda: 1, lambda: 1 / 0, lambda: {}["k"], lambda: [][1], raiser(MyErr("m", 2)), raiser(OverflowError("o")), raiser(ValueError), raiser(TypeError("t")), lambda: int("x"), lambda: undefined, lambda: "a".b, lambda: [] + 1):
    print(run(f))


def order():
    out = []
    try:
        out.append("try")
        try:
            raise ValueError
        except TypeError:
            out.append("wrong")
        else:
            out.append("else")
        finally:
            out.append("inner finally")
    except ValueError:
        out.append("outer")
    else:
        out.append("outer else")
    finally:
        out.append("outer finally")
    return out


print(order())


def dynamic(kinds):
    try:
        {}["x"]
    except kinds as e:
        return "caught", e.args


print(dynamic(KeyError), dynamic((ValueError, (KeyError,))) if False else dynamic((ValueError, KeyError)))
for kinds in (5, "KeyError", (KeyError, 5), None, int):
    try:
        print(dynamic(kinds))
    except BaseException as e:
        print(type(e).__name__, e)
try:
    print(dynamic(()))
except KeyError as e:
    print("through", e)
for bad in (5, "text", None, int, object()):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    raise
except RuntimeError as e:
    print(e)
try:
    try:
        raise KeyboardInterrupt
    except Exception:
        print("not here")
except BaseException as e:
    print(type(e).__name__)
try:
    raise StopIteration("v")
except StopIteration as e:
    print(e.value, e.args)
