print("init flat", __name__, __package__)
__all__ = ["Circle", "triangle"]
_hidden = "not exported"


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return round(3.14159 * self.r**2, 2)


def square(a):
    return a * a


def triangle(a, b):
    return a * b / 2
