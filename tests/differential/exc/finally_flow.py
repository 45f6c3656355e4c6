# What finally does to returns, exceptions and loops.
def a():
    try:
        return "try"
    finally:
        print("cleanup", end=" ")


def b():
    try:
        return "try"
    finally:
        return "finally"


def c():
    x = 1
    try:
        return x
    finally:
        x = 2


def d():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"


def e():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i, end=" ")
        finally:
            print("f", i, end=" ")
    return "done"


def f():
    try:
        try:
            raise ValueError("1")
        finally:
            print("inner", end=" ")
            raise KeyError("2")
    except KeyError as err:
        return repr(err), repr(err.__context__)


def g():
    try:
        pass
    except ValueError:
        return "no"
    else:
        return "else"
    finally:
        print("after else", end=" ")


def h():
    try:
        return evaluate("value")
    finally:
        evaluate("finally")


def evaluate(x):
    print("eval", x, end=" ")
    return x


def i():
    l = []
    try:
        return l
    finally:
        l.append("mutated after return")


def j(n):
    try:
        if n == 0:
            return "bottom"
        return j(n - 1)
    finally:
        print(n, end=" ")


def k():
    while True:
        try:
            try:
                break
            finally:
                print("k1", end=" ")
        finally:
            print("k2", end=" ")
    return "k"


def l():
    try:
        raise KeyError("x")
    except KeyError as err:
        try:
            raise ValueError("y")
        except ValueError as err:
            pass
        try:
            return err
        except UnboundLocalError as u:
            return str(u)
    finally:
        print("l", end=" ")


for fn in (a, b, c, d, e, f, g, h, i, lambda: j(3), k, l):
    print(fn())
