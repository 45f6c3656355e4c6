# The truth of bools: a test of the word.
# not: is_true
def f(n):
    found = False
    i = 0
    while not found:
        i += 1
        found = i > n
    return i
