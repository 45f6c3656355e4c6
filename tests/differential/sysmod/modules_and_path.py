# sys.modules as the registry of what was imported, removal, replacement.
import sys
import math

print("math" in sys.modules, sys.modules["math"] is math, "time" in sys.modules or True)


class Fake:
    pi = 3

    def sqrt(self, x):
        return "fake"


sys.modules["math"] = Fake()
import math as second

print(second.pi, second.sqrt(4), math.pi > 3.14)
from math import pi

print(pi)
sys.modules["math"] = math
import math as third

print(third is math, third.sqrt(4))
sys.modules["invented"] = Fake()
try:
    import invented

    print(invented.pi)
except ImportError as e:
    print("no", e)
main = sys.modules["__main__"]
main.injected = "visible"
print(injected, main.__name__, main.math is math, hasattr(main, "third"), type(main).__name__, repr(math).startswith("<module 'math'"))
print([n for n in ("sys", "math", "builtins", "__main__") if n in sys.modules])
