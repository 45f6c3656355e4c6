# sys.exit with an int: the status is the code, finally clauses run, output is flushed.
import sys

try:
    print("working", end="")
    sys.exit(3)
finally:
    print(" cleaned up")
