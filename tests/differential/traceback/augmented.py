# Carets for augmented assignment, unpacking, del, raise, comparison, call of a non-function.
def t1():
    x = {"a": [1]}
    x["a"] += 5


def t2():
    a, b = [1, 2, 3]


def t3():
    d = {}
    del d["k"]


def t4():
    return 1 < "2"


def t5():
    values = [1]
    return values(0)


def t6():
    for i in 5:
        pass


def t7():
    return -"a"


def t8():
    import math
    return math.sqrt(-1)


def t9(a):
    return a[0][1]["k"].x


first = None
for f in (t1, t2, t3, t4, t5, t6, t7, t8, lambda: t9([[0, {"k": 5}]])):
    try:
        f()
    except Exception as e:
        end = e
        while end.__context__ is not None:
            end = end.__context__
        end.__context__ = first
        first = e
raise first
