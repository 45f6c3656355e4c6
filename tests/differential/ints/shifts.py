# Shifts and masks across the word sizes.
def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for n in (0, 1, -1, 5, -5, 2**46, 2**47 - 1, 2**47, -(2**47), 2**62, 2**63, -(2**63), 3**60):
    print(n, n << 1, n << 17, n >> 1, n >> 3, n >> 100, n & 0xFF, n | 1, n ^ -1)
print(1 << 0, 1 << 47, 1 << 48, 1 << 63, 1 << 64, 1 << 200)
print(-1 >> 1000, -1 << 70, 0 << 10**6)
print(attempt(lambda: 1 << -1))
print(attempt(lambda: 1 >> -1))
print(attempt(lambda: 1 << 1.0))
print((-5) & 3, -5 | 3, -5 ^ 3, ~(2**64), (2**64 - 1) & -(2**32), (-(2**65)) | 2**64)
print((1 << 64) ^ (1 << 64), (1 << 64) & (1 << 64), type((1 << 64) >> 64))
