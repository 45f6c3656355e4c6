# An addition that the runtime did leads back to the hot version, if tests find that the sum is a number again.
# whole
# has: guard.int
# has: guard.float
# has: iadd
def f(xs):
    total = 0
    for x in xs:
        total += x
    return total
