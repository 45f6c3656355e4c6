import os.path
import os.path as osp
from . import sibling
from ..pkg.mod import name as alias, other
from star import *

try:
    import fast
except ImportError:
    fast = None

x: int = 1
y: list
obj.attr: int = 2
a, (b, *c), d[0] = e = value
a.b[c] += 1
x += 1
del a, b.c, (d[1], e)

for i, j in pairs:
    if i:
        continue
    elif j:
        break
    else:
        pass
else:
    done()

while (n := step()) > 0:
    if not n:
        break

with open("f") as f, lock:
    f.read()


def handlers():
    try:
        risky()
    except (ValueError, TypeError) as error:
        raise RuntimeError("bad") from error
    except KeyError:
        raise
    except:
        return None
    else:
        return 1
    finally:
        cleanup()


assert x, f"message {x}"
assert y
print(1 < x <= 3, a and b or not c, x if y else z)
first, *middle, last = items[1:-1:2, ..., None]
call(*a, b, *c, k=1, **m, n=2)
{**m, "k": 1}, [*a, 2], {3, *b}, (1, "two", (3.0, 4j)), b"bytes", -5, -(2**70), 99999999999999999999
print(obj
      .first()
      .second)
