# A kernel on floats, with a power of a constant exponent.
# has: f64.mul
# not: truediv
def f(x, n):
    total = 0.0
    while total < n:
        total += (x * x + 1.0) ** -1.5
    return total
