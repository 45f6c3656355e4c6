# bytes: indexing gives ints, slicing gives bytes.
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


b = b"hello\x00\xff"
print(len(b), b[0], b[-1], b[1:3], b[::-1], list(b[:3]), b.hex(), b.hex("-"), b.hex(":", 2))
print(b"a" + b"b", b"ab" * 2, b"a" < b"b", b"a" == "a", b"ell" in b, 104 in b, 300 in [300], bytes(3), bytes([1, 2]), bytes(b"x"), bytes("é", "utf-8"), bytes())
attempt(lambda: b[10])
attempt(lambda: b["a"])
attempt(lambda: "a" in b)
attempt(lambda: 256 in b)
attempt(lambda: bytes("x"))
attempt(lambda: bytes([256]))
attempt(lambda: bytes(["a"]))
attempt(lambda: bytes(-1))
attempt(lambda: bytes(1.5))
attempt(lambda: b"a" + "b")
attempt(lambda: b"a" < "b")
attempt(lambda: bytes.fromhex("00 ff1a"))
attempt(lambda: bytes.fromhex("0g"))
attempt(lambda: b"a" % 1)
attempt(lambda: b"%d %s %x" % (1, b"z", 255))
try:
    b[0] = 1
except TypeError as e:
    print(e)
print([x for x in b"ab"], sorted(b"cab"), max(b"az"), sum(b"\x01\x02"), b"\\x", b"\t\n\r'", hash(b"a") == hash("a"))
