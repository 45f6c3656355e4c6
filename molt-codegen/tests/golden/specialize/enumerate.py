# `enumerate` over a list: a counter and a list, no tuples.
# has: list.get
# not: unpack
# not: iter_next
# not: call
def f(xs):
    total = 0
    for i, x in enumerate(xs):
        total += i * x
    return total
