# Builtins are found in the builtins module and can be shadowed and restored.
import builtins

print(builtins.len is len, builtins.__name__, hasattr(builtins, "print"), builtins.True_ if hasattr(builtins, "True_") else "none")


def size(x):
    return len(x)


print(size("abc"))
len = lambda x: "shadowed"
print(size("abc"), builtins.len("abc"))
del len
print(size("abc"), len("ab"))
try:
    del len
except NameError as e:
    print(e)
__builtins__
sum_before = sum
globals()["sum"] = lambda *a: "global sum"
print(sum([1, 2]), builtins.sum([1, 2]))
del globals()["sum"]
print(sum([1, 2]), sum is sum_before)
