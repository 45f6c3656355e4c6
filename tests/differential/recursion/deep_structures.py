# Nested lists, linked lists and trees deep enough to hurt naive native recursion.
nested = []
for _ in range(100_000):
    nested = [nested]
d = 0
x = nested
while x:
    x = x[0]
    d += 1
print(d)
try:
    repr(nested)
except RecursionError as e:
    print("RecursionError")
other = []
for _ in range(100_000):
    other = [other]
try:
    print(nested == other)
except RecursionError as e:
    print("RecursionError")
del x, nested, other


class Node:
    def __init__(self, next):
        self.next = next


n = None
for _ in range(200_000):
    n = Node(n)
count = 0
p = n
while p:
    p = p.next
    count += 1
print(count)
n = None
print("freed")
t = ()
for _ in range(100_000):
    t = (t,)
t = None
g = None


def gen(inner):
    yield 1
    if inner:
        yield from inner


for _ in range(50):
    g = gen(g)
print(len(list(g)))
s = "x"
for _ in range(16):
    s += s
print(len(s))
