import os.path as p
from .x import y


class Base:
    kind: str = "base"

    def __init__(self, a):
        self.a = a

    def get(self):
        return self.a


class Derived(Base, metaclass=type):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b
        self.a += 1

    @property
    def both(self):
        return f"{self.a!r:>{self.b}} and {self.b}"
