# Globals that are rebound to other types while loops run over them.
counter = 0
step = 1


def tick(n):
    global counter
    for _ in range(n):
        counter += step
    return counter


print(tick(10))
step = 0.5
print(tick(3))
counter = "s"
try:
    tick(1)
except TypeError as e:
    print(e)
step = "t"
print(tick(3))
counter = 2**47 - 2
step = 1
print(tick(4))
limit = 3


def until():
    n = 0
    while n < limit:
        n += 1
        change()
    return n


def change():
    global limit
    if limit == 3:
        limit = 5.5


print(until())
table = [1, 2, 3]


def read():
    t = 0
    for i in range(3):
        t += table[i]
        swap(i)
    return t


def swap(i):
    global table
    if i == 0:
        table = {0: 10, 1: 20, 2: 30}
    elif i == 1:
        table = (100, 200, 300)


print(read())
CONSTANT = 10


def uses_constant(x):
    return x * CONSTANT


print(uses_constant(2))
CONSTANT = "ab"
print(uses_constant(2))
del CONSTANT
try:
    uses_constant(1)
except NameError as e:
    print(e)
