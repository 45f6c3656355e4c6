# What sys tells of the program.
import sys

print(sys.version_info[:2], sys.version_info >= (3, 12), sys.version_info.major, sys.version.startswith("3.12"))
print(sys.maxsize, sys.byteorder, sys.maxunicode, isinstance(sys.platform, str))
print(sys.getrecursionlimit(), sys.float_info.max, sys.float_info.epsilon, sys.int_info.bits_per_digit > 0, sys.float_info.dig)
print("sys" in sys.modules, sys.modules["sys"] is sys, sys.modules["__main__"].__name__, __name__)
print(sys.intern("abc") == "abc", sys.getrefcount is not None, sys.hash_info.width, sys.hash_info.modulus)
print(sys.stdout.name, sys.stderr.name, sys.stdin.name, sys.stdout.writable(), sys.stdin.readable())
print(len(sys.argv), type(sys.path), sys.exc_info())
try:
    sys.nothing
except AttributeError as e:
    print(e)
try:
    sys.intern(5)
except TypeError as e:
    print(e)
sys.my_attribute = 5
print(sys.my_attribute)
print(sys.getsizeof(0) > 0, sys.implementation.name in ("cpython", "molt"), sys.executable is not None)
