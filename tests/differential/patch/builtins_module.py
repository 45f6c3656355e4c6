# Builtins replaced through the builtins module or a global of the same name.
import builtins


def measure(items):
    return len(items), sum(items), max(items)


def count(n):
    return [i for i in range(n)]


print(measure([1, 2, 3]), count(3))
real_len, real_range = builtins.len, builtins.range
builtins.len = lambda x: "patched"
print(measure([1, 2]))
builtins.len = real_len
print(measure([1, 2]))
builtins.range = lambda n: ["fake", n]
print(count(3))
for i in range(2):
    print(i, end=" ")
builtins.range = real_range
print(count(2))
len = lambda x: "module level"
print(measure([5]))
builtins.len = lambda x: "hidden by the module's"
print(measure([5]))
del len
print(measure([5]))
builtins.len = real_len
print(measure([5]))
builtins.brand_new = "from builtins"
print(brand_new)
del builtins.brand_new
try:
    brand_new
except NameError as e:
    print(e)


def uses_isinstance(x):
    return isinstance(x, int), abs(-3), int("5"), print is not None


real_int = builtins.int
print(uses_isinstance(1))
builtins.int = str
print(uses_isinstance(1))
builtins.int = real_int
print(uses_isinstance(1))
del builtins.abs
try:
    uses_isinstance(1)
except NameError as e:
    print(e)
abs = lambda x: "my abs"
print(uses_isinstance(2))


def local_shadow(range):
    return [x for x in range]


print(local_shadow("ab"))
real_print = print
lines = []


def print(*a, **k):
    lines.append(a)


print("captured", 1)
real_print(lines)
