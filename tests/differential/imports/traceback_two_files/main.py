# A traceback over several files of a package.
from lib.parser import parse_all

print(parse_all(["1", "2"]))
parse_all(["1", "zwei"])
