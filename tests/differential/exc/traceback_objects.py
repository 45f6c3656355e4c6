# __traceback__: line numbers, with_traceback, add_note.
def inner(x):
    return 1 / x


def outer(x):
    y = x
    return inner(y)


def lines(tb):
    out = []
    while tb is not None:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out


try:
    outer(0)
except ZeroDivisionError as e:
    print(lines(e.__traceback__))
    saved = e
print(lines(saved.__traceback__))


def reraise():
    raise saved


try:
    reraise()
except ZeroDivisionError as e:
    print(lines(e.__traceback__))
try:
    raise saved.with_traceback(None)
except ZeroDivisionError as e:
    print(lines(e.__traceback__))
e = ValueError("v")
print(e.__traceback__)
e.add_note("first note")
e.add_note("second")
print(e.__notes__)
try:
    e.add_note(5)
except TypeError as err:
    print(err)


def loop():
    for i in [1, 0]:
        try:
            inner(i)
        finally:
            pass


try:
    loop()
except ZeroDivisionError as err:
    print(lines(err.__traceback__))


def generator():
    yield 1
    raise KeyError("g")


try:
    list(generator())
except KeyError as err:
    print(lines(err.__traceback__))


class K:
    def __init__(self):
        self.value = [int(v) for v in ["1", "x"]]


try:
    K()
except ValueError as err:
    print(lines(err.__traceback__))
try:
    sorted([1, 0], key=inner)
except ZeroDivisionError as err:
    print(lines(err.__traceback__))
