# A variable that is int first and float later, and back again.
def mean(values):
    total = 0
    for v in values:
        total += v
    return total / len(values)


print(mean([1, 2, 3]), mean([1, 2.5, 3]), mean([True, 2**62, 0.5]), mean([10**20, 10**20]))


def integrate(f, a, b, n):
    h = (b - a) / n
    total = 0
    for i in range(n):
        total += f(a + i * h)
    return total * h


print(integrate(lambda x: x * x, 0, 1, 100), integrate(lambda x: 1, 0, 3, 7))
x = 10
history = []
while x:
    history.append(x)
    if isinstance(x, float) and x < 2:
        x = int(x) - 1
    elif x % 2:
        x = x / 2
    else:
        x -= 1
print(history)
acc = 0
for item in (1, 2.5, True, 10**18, 10**18, "stop"):
    try:
        acc += item
    except TypeError as e:
        print(acc, type(acc).__name__, e)
    else:
        print(acc, type(acc).__name__)
