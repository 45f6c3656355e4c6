# A method of a class of this module, called directly.
# has: call.direct
class C:
    def __init__(self, step):
        self.step = step

    def twice(self):
        if self.step > 100:
            print("big")
        return self.step * 2


def f(n):
    c = C(3)
    total = 0
    while total < n:
        total += c.twice()
    return total
