# At module level, after output, with a unicode line.
import sys

print("größe", file=sys.stderr)
print("out")
name = "ünïcode"; value = {"größe": 1}["länge"] + len(name)
