# Attributes of class and instance, methods, bound methods, dynamic attributes.
class Point:
    """A point."""

    dimensions = 2
    shared = []

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def moved(self, dx, dy=0):
        return Point(self.x + dx, self.y + dy)

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


p, q = Point(1, 2), Point(3)
print(p, q, p.moved(5), p.dimensions, Point.dimensions, Point.__doc__, Point.__name__, type(p) is Point, p.__class__.__name__)
p.dimensions = 3
p.shared.append("p")
print(p.dimensions, q.dimensions, Point.dimensions, q.shared, p.__dict__, q.__dict__)
del p.dimensions
print(p.dimensions)
Point.dimensions = 10
print(p.dimensions, q.dimensions)
p.label = "dynamic"
print(p.__dict__, hasattr(q, "label"), getattr(q, "label", "none"))
Point.norm = lambda self: self.x**2 + self.y**2
print(p.norm(), q.norm())
p.norm = lambda: "own"
print(p.norm(), q.norm())
m = p.moved
print(m(1), m.__self__ is p)
setattr(q, "z", 9)
print(q.z, vars(q), getattr(q, "x"), sorted(k for k in dir(p) if not k.startswith("_")))
delattr(q, "z")
for f in (lambda: q.z, lambda: Point.nope, lambda: Point().x, lambda: getattr(q, "a b"), lambda: getattr(q, 5), lambda: q.moved.nope, lambda: (5).real.nope, lambda: None.x, lambda: [].size, lambda: len.x):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
p.__dict__["injected"] = 1
print(p.injected)
p.__dict__ = {"x": 100, "y": 200}
print(p, hasattr(p, "label"))
print(p == p, p == Point(100, 200), p != q, p is p, isinstance(p, Point), isinstance(p, (int, Point)), isinstance(p, object))


class Empty:
    pass


e = Empty()
e.a, e.b = 1, 2
for k, v in vars(e).items():
    print(k, v)
try:
    Empty(1)
except TypeError as err:
    print(err)
try:
    object(1)
except TypeError as err:
    print(err)
try:
    e.a.b = 1
except AttributeError as err:
    print(err)
try:
    None.x = 1
except AttributeError as err:
    print(err)
