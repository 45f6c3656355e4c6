# A folder without __init__, __name__ checks, importing the main module by its name.
import ns.inner.leaf
from ns import top
from ns.inner import leaf

print(ns.inner.leaf is leaf, leaf.where(), top.NAME, type(ns).__name__)
if __name__ == "__main__":
    print("run as main")
    import main as again

    print(again.__name__, again is not None, again.VALUE if hasattr(again, "VALUE") else "no value")
VALUE = 5
print("end of", __name__)
