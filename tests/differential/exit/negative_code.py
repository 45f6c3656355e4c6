# A negative code.
import sys

print("bye")
sys.exit(-2)
