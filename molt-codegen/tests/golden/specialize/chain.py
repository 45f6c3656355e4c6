# A chain of comparisons on ints.
# has: i64.cmp
def f(xs, low, high):
    count = 0
    for x in xs:
        if low <= x < high:
            count += 1
    return count
