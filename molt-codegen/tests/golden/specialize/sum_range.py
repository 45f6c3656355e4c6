# A sum over a range: machine ints, no iterator object.
# has: i64.add_checked
# not: iter_next
def f(n):
    total = 0
    for i in range(n):
        total += i
    return total
