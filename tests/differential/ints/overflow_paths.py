# A loop that is small-int for long and then leaves it, in every accumulating operator.
def hash_like(text):
    h = 5381
    for ch in text:
        h = h * 33 + ord(ch)
    return h


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def shift_in(bits):
    value = 0
    for bit in bits:
        value = value << 1 | bit
    return value


def descend(n):
    total = 0
    for i in range(n):
        total -= 2 ** i
    return total


print(hash_like("hello"), hash_like("a longer text for a longer number"))
for n in (5, 16, 17, 20, 21, 25, 30):
    print(n, factorial(n))
for n in (10, 68, 69, 70, 91, 92, 93, 94, 120):
    print(n, fib(n))
print(shift_in([1, 0, 1] * 30), descend(49), descend(64), descend(70))
big = factorial(30)
while big > 1:
    big //= 30
print(big, factorial(25) // factorial(23), factorial(25) % (10**9 + 7))
