# Another module's functions and globals replaced from outside; math too.
import math
import sys

this = sys.modules[__name__]
rate = 2


def scaled(x):
    return x * rate


def root(x):
    return math.sqrt(x)


print(scaled(5), root(16))
this.rate = 10
print(scaled(5), rate)
setattr(this, "scaled", lambda x: "replaced")
print(scaled(1))
this.fresh = 1
print(fresh)
del this.fresh
try:
    fresh
except NameError as e:
    print(e)
real = math.sqrt
math.sqrt = lambda x: "fake root"
print(root(16))
math.sqrt = real
print(root(16), math.pi)
math.pi = 3
print(math.pi)
math.new_name = "added"
print(math.new_name, hasattr(math, "new_name"))
del math.new_name
try:
    math.new_name
except AttributeError as e:
    print(e)
print(this.__name__, type(this).__name__, "rate" in vars(this))
