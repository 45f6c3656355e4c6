# Conversions of long ints to text and back, the digit limit, and formats of long ints.
import sys

n = 3**500
print(n, len(str(n)), int(str(n)) == n, hex(n)[:20], int(hex(n), 16) == n, oct(n)[-10:], bin(n).count("1"), f"{n:,}"[:20], f"{n:e}", f"{n:.3g}", f"{-n:x}"[:12], f"{n:_}"[-12:])
print(sys.get_int_max_str_digits())
for f in (lambda: str(10**4300), lambda: int("1" * 4301), lambda: f"{10**5000}", lambda: len(str(10**4299)), lambda: len(hex(10**5000)), lambda: int("f" * 5000, 16).bit_length(), lambda: "%d" % 10**4300, lambda: repr(-(10**4300))):
    try:
        print(f())
    except ValueError as e:
        print(e)
sys.set_int_max_str_digits(0)
print(len(str(10**5000)), str(10**4300)[:3], len(str(2**20000)), int("7" * 6000) % 1000007)
for bits in (47, 48, 63, 64, 65, 127, 128, 1000):
    a, b = 2**bits - 1, -(2**bits)
    print(bits, len(str(a)), str(a)[-6:], str(b)[:6], a.bit_length(), b.bit_length(), int(str(a)) == a, (a + 1).bit_count(), a.bit_count(), hash(a), hash(b))
digits = "".join(str((i * 7 + 3) % 10) for i in range(300))
v = int(digits)
print(v % 97, v // 10**290, str(v) == digits, v * v % 10**20, str(v * v)[:25], str(v**3)[-15:], v >> 900, v & 0xFFFFFFFF, divmod(v, 10**150)[1] % 1000, -v // 10**280, -v % 10**18)
