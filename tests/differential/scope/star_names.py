# Names that only look special, and names bound by every kind of statement.
def names():
    import sys as system
    for target in [1]:
        pass
    with Manager() as managed:
        pass
    try:
        raise ValueError("v")
    except ValueError as error:
        kept = error
    def function(): pass
    class Class: pass
    (walrus := 5)
    [first, *rest] = "abc"
    annotated: int = 3
    declared: int
    try:
        declared
    except UnboundLocalError as e:
        print(e)
    try:
        error
    except UnboundLocalError as e:
        print(e)
    return system.__name__, target, managed, kept, function.__name__, Class.__name__, walrus, first, rest, annotated


class Manager:
    def __enter__(self):
        return "managed"

    def __exit__(self, *a):
        return False


print(names())
_ = "underscore"
__ = "dunder"
print(_, __, __name__)
list_, print_ = [1], print
print_(list_)


def shadow(list, str=5, len=lambda x: "mine"):
    return len(list), str


print(shadow([1]), len("ab"))
match, case, type_, soft = 1, 2, 3, 4
print(match + case)
try:
    raise KeyError("k")
except KeyError as exc:
    pass
try:
    exc
except NameError as e:
    print(e)
exc = "restored"
try:
    raise KeyError("k")
except KeyError as exc:
    exc = "rebound inside"
print("exc" in globals())
π = 3.14159
naïve = "ok"
print(π, naïve)
