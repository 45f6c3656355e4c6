# An attribute of a class of this module: a type test, then slots.
# has: guard.type
# has: slot.load
# has: mem.store[slot
# not: get_attr
# not: set_attr
class C:
    def __init__(self):
        self.count = 0


def f(c, n):
    while c.count < n:
        c.count += 1


f(C(), 3)
