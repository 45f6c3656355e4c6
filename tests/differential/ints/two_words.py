"""Ints at the edges of one, two and more machine words: every operator, text, hash, floats and bytes."""

EDGES = sorted({s * (1 << b) + d for b in (0, 31, 47, 48, 62, 63, 64, 65, 96, 126, 127, 128, 160) for d in (-1, 0, 1) for s in (1, -1)})


def fold(values):
    total = 0
    for value in values:
        total = (total * 1_000_003 ^ value) & ((1 << 200) - 1)
    return total


def main():
    print(len(EDGES), EDGES[0], EDGES[-1])
    for name, op in (
        ("add", lambda a, b: a + b),
        ("sub", lambda a, b: a - b),
        ("mul", lambda a, b: a * b),
        ("and", lambda a, b: a & b),
        ("or", lambda a, b: a | b),
        ("xor", lambda a, b: a ^ b),
        ("floordiv", lambda a, b: a // b if b else 0),
        ("mod", lambda a, b: a % b if b else 0),
        ("order", lambda a, b: (a < b) + 2 * (a == b) + 4 * (a >= b)),
    ):
        print(name, fold(op(a, b) for a in EDGES for b in EDGES))
    print("shift", fold(a << n for a in EDGES for n in (0, 1, 63, 64, 65, 127, 130)))
    print("shift", fold(a >> n for a in EDGES for n in (0, 1, 63, 64, 65, 127, 130)))
    print("unary", fold(-a for a in EDGES), fold(~a for a in EDGES), fold(abs(a) for a in EDGES))
    print("bits", sum(a.bit_length() for a in EDGES), sum(a.bit_count() for a in EDGES))
    for a in EDGES[::5]:
        print(a, repr(a) == str(a), hex(a), oct(a), bin(a)[-20:], hash(a), float(a), f"{a:,}", f"{a:+_x}")
        print(a.to_bytes(24, "little", signed=True).hex(), int(str(a)) == a, int(hex(a), 16) == a, a / 3, a // 7, divmod(a, -10**9))
    print({2**64: "x"}[18446744073709551616], {2.0**70: 1}[2**70], hash(2**100) == hash(2.0**100), 2**100 == 2.0**100)
    print(2**63 < 2.0**63, 2**63 - 1 < 2.0**63, 2**64 + 1 > 2.0**64, 2**127 <= 2.0**127, -(2**127) >= -(2.0**127))
    print([pow(2, n) for n in (47, 48, 62, 63, 64, 126, 127, 128)], pow(-3, 41), 10**38, 10**39)
    print(pow(3, 10**6, 10**9 + 7), pow(2**70, 3, 2**80 - 65), pow(-5, 3, 7), pow(5, 3, -7), pow(3, -1, 11))
    print(isinstance(2**100, int), type(2**100 - 2**100), True + 2**64, 2**64 & True)
    x = 2**126
    x += x
    print(x, x - 1, -x - 1, -(-x), x * -1 == -x, (x - 1) * (x - 1), (-x) // -1, (-x) % -1)
    for bad in (lambda: 2**64 // 0, lambda: 2**64 % 0, lambda: 1 << -(2**70), lambda: 2**64 + "a"):
        try:
            print(bad())
        except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
            print(type(error).__name__, error)


main()
