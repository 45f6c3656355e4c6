# Numbers as text in several bases.
for n in (0, 1, -1, 10, 255, -4096, 2**47, -(2**63), 10**18, 10**30, 3**100):
    print(str(n), repr(n), hex(n), oct(n), bin(n))
    print(f"{n:x} {n:X} {n:#x} {n:o} {n:b} {n:#b} {n:,} {n:_} {n:_x}")
print(0x_FF, 0b1010_1010, 0o777, 1_000_000, 0xdead_beef)
print(chr(97), ord("a"), ord("€"), chr(0x1F600), ascii("é€😀"))
for bad in (-1, 0x110000, 10**20, "a", 1.0):
    try:
        print(chr(bad))
    except Exception as e:
        print(type(e).__name__, e)
for bad in ("", "ab", 1, b"ab"):
    try:
        print(ord(bad))
    except Exception as e:
        print(type(e).__name__, e)
for bad in (1.5, "1", None):
    for f in (hex, oct, bin):
        try:
            print(f(bad))
        except TypeError as e:
            print(e)
