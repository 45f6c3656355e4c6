# A package with relative imports, __init__, __all__, submodules as attributes.
import shapes
import shapes.solid.cube as cube_module
from shapes import Circle, square, unit
from shapes.flat import *
from shapes.solid import Cube as Box

print(shapes.__name__, shapes.__package__, shapes.solid.__name__, cube_module.__package__, cube_module.__name__)
print(Circle(2).area(), square(3), unit, Box(2).volume(), shapes.flat.Circle is Circle, cube_module is shapes.solid.cube)
print("triangle" in globals(), "_hidden" in globals(), triangle(3, 4), shapes.flat._hidden)
print(sorted(n for n in dir(shapes) if not n.startswith("__")))
try:
    shapes.nothing
except AttributeError as e:
    print(e)
try:
    from shapes import nothing
except ImportError as e:
    print(type(e).__name__, str(e).split("(")[0])
try:
    import shapes.missing
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    import not_there
except ImportError as e:
    print(type(e).__name__, e, e.name)
shapes.unit = 5
from shapes import unit as again
print(again, unit)
