# Circular imports: names that exist already work, others fail at the import.
import a

print(a.value(), a.b.value(), a.b.a is a)
from a import early

print(early)
try:
    import c
except ImportError as e:
    print(type(e).__name__, "partially initialized" in str(e), str(e).split("(")[0])
try:
    import c
except ImportError as e:
    print("again", type(e).__name__)
import sys

print("a" in sys.modules, "c" in sys.modules, "d" in sys.modules)
