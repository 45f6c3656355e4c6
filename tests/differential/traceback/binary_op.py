# Carets point at the operator.
def compute(values, k):
    total = 0
    for v in values:
        total = total + (v *    2) - k / (v - 3)
    return total


print(compute([1, 2], 4))
compute([1, 2, 3], 4)
