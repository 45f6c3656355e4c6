# raise of classes, instances, calls, re-raise and raise from expressions.
def a():
    raise ValueError


def b():
    try:
        a()
    except ValueError:
        raise


def c():
    error = KeyError("made here")
    try:
        b()
    except ValueError as e:
        raise error from e


def d():
    try:
        c()
    except KeyError as e:
        e.args = ("changed args", 2)
        raise e


def e():
    try:
        d()
    except KeyError as err:
        raise err.with_traceback(None)


try:
    d()
except KeyError as err:
    print(err)
e()
