# An attribute of objects of several classes: a chain of type tests, the cache of the site behind it.
# has: guard.type[k0]
# has: slot.load[0]
# not: get_attr
class A:
    def __init__(self):
        self.x = 1


class B:
    def __init__(self):
        self.y = 2
        self.x = 3


def f(objects):
    total = 0
    for o in objects:
        total += o.x
    return total


f([A(), B()])
