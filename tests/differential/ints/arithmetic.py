# The four operations and their sign rules, on small and large operands.
def show(a, b):
    print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b), a / b)


for a in (7, -7, 0, 1, 10**20, -(10**20), 2**47, -(2**47) - 1):
    for b in (2, -2, 3, -3, 10**10, -(10**19) - 7):
        show(a, b)

print(-7 // 2, -7 % 2, 7 // -2, 7 % -2, -1 // 10**30, -1 % 10**30)
print(+5, -5, ~5, ~-1, --5, -~5)
print(2 + 3 * 4 - 5 // 2 % 2 ** 3)
