# Inheritance of fields, __post_init__, InitVar, ClassVar-like attributes, super.
from dataclasses import dataclass, field, InitVar


@dataclass
class Base:
    id: int
    name: str = "base"

    def __post_init__(self):
        self.log = [f"Base post {self.id}"]


@dataclass
class Child(Base):
    extra: float = 1.5
    name: str = "child"

    def __post_init__(self):
        super().__post_init__()
        self.log.append("Child post")


c = Child(1)
print(c, c.log, Child(1, "n", 2.5), Base(2), Base(1) == Child(1, "base"), [f for f in c.__dataclass_fields__])


@dataclass
class Rect:
    w: float
    h: float
    area: float = field(init=False)
    scale: InitVar[int] = 1

    def __post_init__(self, scale):
        if self.w < 0:
            raise ValueError("negative width")
        self.w *= scale
        self.area = self.w * self.h


print(Rect(2, 3), Rect(2, 3, 10), Rect(2, 3, scale=2).area)
try:
    Rect(-1, 1)
except ValueError as e:
    print(e)


class Mixin:
    def describe(self):
        return f"{type(self).__name__}: " + ", ".join(f"{k}={v!r}" for k, v in vars(self).items())


@dataclass
class Both(Mixin, Base):
    flag: bool = False

    def __str__(self):
        return "custom str"


b = Both(1, flag=True)
print(b.describe(), b, repr(b), f"{b!r}")


@dataclass
class Custom:
    a: int

    def __eq__(self, o):
        return "custom eq"

    def __repr__(self):
        return "custom repr"


print(Custom(1), Custom(1) == 5)


class NotData(Base):
    def __init__(self):
        super().__init__(99, "from plain subclass")


print(NotData(), NotData() == Base(99, "from plain subclass"))


@dataclass
class Node:
    value: int
    next: "Node | None" = None

    def __iter__(self):
        n = self
        while n:
            yield n.value
            n = n.next


n = Node(1, Node(2, Node(3)))
print(list(n), n)
n.next.next.next = n
print(repr(n))
