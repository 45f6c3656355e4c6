# Items of a list of ints: read without a count, written without a release.
# has: list.get
# has: list.put
# not: get_item
# not: set_item
# not: rc.
def f(xs):
    i = 0
    while i < len(xs):
        xs[i] = xs[i] + 1
        i += 1
