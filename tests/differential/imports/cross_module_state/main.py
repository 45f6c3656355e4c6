# Classes, subclasses, globals and exceptions across modules; patches seen everywhere.
import base
import user
from base import Shape, registry


class Square(Shape):
    def __init__(self, a):
        super().__init__("square")
        self.a = a

    def area(self):
        return self.a**2


print(Square(3), user.make(4), registry, [c.__name__ for c in Shape.__subclasses__()])
print(user.total([Square(2), user.Circle(1)]))
base.SCALE = 10
print(user.total([Square(2)]), Square(1))
base.helper = lambda x: f"patched {x}"
print(user.call_helper(1), user.call_imported(1))
user.imported_helper = lambda x: "patched import"
print(user.call_helper(1), user.call_imported(1))
Shape.describe = lambda self: "patched describe"
print(user.make(1), Square(1))
try:
    user.fail()
except base.ShapeError as e:
    print(type(e).__name__, type(e).__module__, e, type(e) is base.ShapeError)
print(Square.__module__, user.Circle.__module__, user.Circle.area.__qualname__, repr(user.Circle), repr(Square))
user.counter += 1
print(user.counter, user.get_counter())
del base.SCALE
try:
    user.total([Square(2)])
except (AttributeError, NameError) as e:
    print(type(e).__name__, e)
user.fail()
