print("init cube")
from ..flat import square
from .. import flat as flat_module


class Cube:
    def __init__(self, a):
        self.a = a

    def volume(self):
        return square(self.a) * self.a * (1 if flat_module.square is square else 0)
