# Changing a dict or set while walking over it.
def attempt(f):
    try:
        f()
        print("fine")
    except Exception as e:
        print(type(e).__name__, e)


def grow():
    d = {1: 1, 2: 2}
    for k in d:
        d[k + 10] = 0


def shrink():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def replace():
    d = {1: 1, 2: 2}
    for k in d:
        d[k] = "new"
    print(d)


def swap_key():
    d = {1: 1, 2: 2, 3: 3}
    for k in d:
        del d[k]
        d[k + 10] = 0


def over_items():
    d = {1: 1}
    for k, v in d.items():
        d[v + 5] = k


def over_copy():
    d = {1: 1, 2: 2}
    for k in list(d):
        del d[k]
    print(d)


def set_grow():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


def set_shrink():
    s = {1, 2, 3}
    for x in s:
        s.discard(x)


def exhausted():
    d = {1: 1}
    it = iter(d)
    next(it)
    d[2] = 2
    next(it)


def last_step():
    d = {1: 1, 2: 2}
    for k in d:
        if k == 2:
            d[3] = 3


for f in (grow, shrink, replace, swap_key, over_items, over_copy, set_grow, set_shrink, exhausted, last_step):
    print(f.__name__, end=": ")
    attempt(f)
