# Star imports: __all__, underscores, overwriting, order.
from plain import *
from listed import *

print(public, shadowed, exported, _also)
print([n for n in ("_private", "unlisted", "helper") if n in globals()])
shadowed = "mine"
from plain import *

print(shadowed)
from empty_all import *

print("nothing_here" in globals())
try:
    from bad_all import *
except AttributeError as e:
    print(e)


def names():
    return sorted(n for n in globals() if n in {"public", "shadowed", "exported", "_also", "math", "fn"})


print(names(), fn())
import plain

plain.shadowed = "changed later"
print(shadowed, fn())
