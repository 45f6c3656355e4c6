# SystemExit is an exception like others and can be caught.
import sys

for args in ((), (None,), (0,), (5,), ("text",), ([1, 2],), (True,), (2.5,), ((1, 2),)):
    try:
        sys.exit(*args)
    except SystemExit as e:
        print(repr(e), e.code)
try:
    raise SystemExit
except BaseException as e:
    print(type(e).__name__, e.code)
try:
    sys.exit(1, 2)
except TypeError as e:
    print(e)
raise SystemExit([4, "list"])
