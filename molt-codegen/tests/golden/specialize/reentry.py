# A comparison that the runtime did leads back to the hot version, if tests find the types it needs.
# whole
# has: guard.int
# has: guard.bool
def f(n):
    found = False
    i = 0
    while not found:
        i += 1
        found = i > n
    return i
