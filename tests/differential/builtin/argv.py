# argv: one two --flag=3 ünï
# Arguments arrive in sys.argv.
import sys

print(len(sys.argv), sys.argv[1:])
options = {}
rest = []
for arg in sys.argv[1:]:
    if arg.startswith("--"):
        key, _, value = arg[2:].partition("=")
        options[key] = value or True
    else:
        rest.append(arg)
print(options, rest)
sys.argv.append("changed")
print(sys.argv[-1])
