"""Classes."""
from dataclasses import dataclass, field


class Base:
    """A base."""

    kind: str = "base"
    __slots__ = ("x", "__hidden")

    def __init__(self, x):
        self.x = x
        self.__hidden, self.y = 1, [2]

    def __repr__(self):
        return f"{self.__class__.__name__}({self.x!r})"

    @property
    def double(self):
        return self.x * 2

    @staticmethod
    def make(this):
        this.z = 1
        return Base(this)


class Derived(Base, metaclass=Meta, flag=True):
    def __init__(self, x, *rest):
        super().__init__(x)
        self.rest = rest
        for self.last in rest:
            pass

    def get(self):
        return __class__

    table = {k: kind for k in "ab"}
    makers = [lambda: k for k in range(3)]


def local_class(size):
    class Local:
        size = size
        total = size

        def grow(self):
            return size + self.total

    return Local


@dataclass(order=True, frozen=True)
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
    note: "str | None" = None
