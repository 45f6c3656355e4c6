# Sums: built-in sum compensates, a loop does not.
values = [0.1] * 10
total = 0.0
for v in values:
    total += v
print(total, sum(values), sum(values, 0.0), sum([0.1, 0.2, 0.3]), 0.1 + 0.2 + 0.3)
print(sum([1e16, 1.0, -1e16]), sum([1, 0.1, 2**60, 0.2]), sum([0.1, 1, 10**30]))
print(sum([1e308, 1e308, -1e308]), sum([float("inf"), 1.0]), sum([0.5, True, 2]))
harmonic = 0.0
for i in range(1, 101):
    harmonic += 1 / i
print(harmonic, sum(1 / i for i in range(1, 101)))
x = 1.0
steps = 0
while x > 1e-10:
    x /= 3
    steps += 1
print(steps, x)
x = 2.0
for _ in range(6):
    x = (x + 2 / x) / 2
print(x, x * x - 2)
product = 1
for f in (0.1, 0.7, 3, 10, 1e-3):
    product *= f
print(product)
