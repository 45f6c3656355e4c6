# @dataclass: constructor, repr, equality, defaults, fields.
from dataclasses import dataclass, field


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)

    def norm(self):
        return self.x**2 + self.y**2


p, q = Point(1, 2), Point(1, 2)
print(p, p == q, p != q, p is q, p == Point(1), p.norm(), Point(x=5), Point(3, y=4, tags=["t"]))
p.tags.append("only p")
print(p, q, p == q, Point.__doc__, Point.__annotations__)
for f in (lambda: Point(), lambda: Point(1, 2, 3, 4), lambda: Point(1, z=2), lambda: Point(1, x=1), lambda: p < q, lambda: hash(p)):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(p == (1, 2), p == 5, (p == 5) is False, Point.y, hasattr(Point, "x"), hasattr(Point, "tags"), Point.__match_args__)


@dataclass
class Empty:
    pass


@dataclass()
class Called:
    a: int = 1
    not_a_field = "class attr"


print(Empty(), Empty() == Empty(), Called(), Called(2) == Called(2), Called.not_a_field)


class Plain:
    def __eq__(self, o):
        return True


print(Point(1) == Plain(), Called() == Point(1))
try:
    @dataclass
    class Bad:
        a: int = 1
        b: int
except TypeError as e:
    print(e)
try:
    @dataclass
    class Bad2:
        a: list = []
except ValueError as e:
    print(e)
try:
    @dataclass
    class Bad3:
        x = field(default=5)
except TypeError as e:
    print(e)
