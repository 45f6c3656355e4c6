# Values around 2**47, 2**53, 2**62 and 2**63: results must not wrap anywhere.
def neighbours(bits):
    for delta in (-2, -1, 0, 1, 2):
        yield 2**bits + delta
        yield -(2**bits) + delta


def add_loop(start, step, count):
    total = start
    for _ in range(count):
        total += step
    return total


def mul_loop(factor, count):
    product = 1
    for _ in range(count):
        product *= factor
    return product


for bits in (46, 47, 48, 53, 62, 63, 64):
    values = list(neighbours(bits))
    print(bits, [v + 1 for v in values], [v - 1 for v in values])
    print([v * 2 for v in values], [-v for v in values], [abs(v) for v in values])
    print([v * v for v in values][:3])
print(add_loop(2**47 - 5, 1, 10), add_loop(-(2**47) + 5, -1, 10))
print(add_loop(2**63 - 5, 1, 10), add_loop(-(2**63) + 5, -1, 10))
print(mul_loop(3, 29), mul_loop(3, 30), mul_loop(3, 40), mul_loop(-7, 23), mul_loop(2, 47))
down = 2**63
while down > 2**46:
    down //= 2
print(down)
i = 2**47 - 3
seen = []
while i < 2**47 + 3:
    seen.append(i)
    i += 1
print(seen)
