# A module function replaced at run time is seen by every caller, direct or not.
def helper(x):
    return x + 1


def caller(n):
    total = 0
    for i in range(n):
        total += helper(i)
    return total


def swap_midway(n):
    global helper
    out = []
    for i in range(n):
        out.append(helper(i))
        if i == 1:
            helper = lambda x: x * 100
    return out


print(caller(5))
original = helper
print(swap_midway(4), caller(3))
helper = original
print(caller(5))
globals()["helper"] = lambda x: -x
print(caller(4))
helper = len
try:
    caller(1)
except TypeError as e:
    print(e)
del helper
try:
    caller(1)
except NameError as e:
    print(e)


def helper(x, y=10):
    return x + y


print(caller(3))
helper.__defaults__ = (1000,)
print(caller(2))


def other(x):
    return "other"


helper.__code__ = other.__code__
try:
    print(helper(1))
except TypeError as e:
    print(e)


def recursive(n):
    return 0 if n == 0 else 1 + recursive(n - 1)


saved = recursive
print(recursive(5))
recursive = lambda n: 50
print(saved(3), recursive(3))
