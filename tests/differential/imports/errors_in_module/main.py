# A module that fails while it is imported: the traceback, and another attempt.
def try_import():
    import broken


for _ in range(2):
    try:
        try_import()
    except ZeroDivisionError as e:
        print("failed:", e)
import sys

print("broken" in sys.modules)
from helper import compute

compute([1, 2, 0])
