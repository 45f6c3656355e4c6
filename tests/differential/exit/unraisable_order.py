# Output order at the end: buffered stdout, stderr, status of an exception after sys.exit was caught.
import sys

print("line 1")
sys.stderr.write("err 1\n")
print("line 2", end="")
try:
    sys.exit(5)
except SystemExit as e:
    print(" caught", e.code)
raise SystemExit("final words")
