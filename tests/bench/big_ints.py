"""Ints of many digits: factorials, modular powers, digits of pi."""


def pi_digits(count):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = (
                q * k,
                (2 * q + r) * l,
                t * l,
                k + 1,
                (q * (7 * k + 2) + r * l) // (t * l),
                l + 2,
            )
    return "".join(map(str, digits))


def is_prime(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def main():
    product = 1
    for i in range(1, 3000):
        product *= i
    print("big_ints", product % (10**9 + 7), product.bit_length(), pi_digits(3000)[-10:])
    start = 10**24
    print("big_ints", sum(is_prime(n) for n in range(start + 1, start + 16001, 2)))
    seed = 1
    for _ in range(7_000_000):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
    print("big_ints", seed)


main()
