# Unpacking pairs of a list: the items of the tuple, without an iterator.
# not: get_iter
# not: iter_next
def f(pairs):
    total = 0
    for a, b in pairs:
        total += a - b
    return total
