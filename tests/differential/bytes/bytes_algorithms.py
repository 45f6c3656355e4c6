# Encodings and checksums over bytes: hex, base64, varints, packing by hand.
B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def b64(data):
    out = ""
    for i in range(0, len(data), 3):
        chunk = data[i : i + 3]
        n = int.from_bytes(chunk.ljust(3, b"\0"), "big")
        out += "".join(B64[n >> s & 63] for s in (18, 12, 6, 0)[: len(chunk) + 1]) + "=" * (3 - len(chunk))
    return out


def unb64(text):
    bits = "".join(f"{B64.index(c):06b}" for c in text.rstrip("="))
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) // 8 * 8, 8))


def varint(n):
    out = []
    while True:
        out.append(n & 127 | (128 if n > 127 else 0))
        n >>= 7
        if not n:
            return bytes(out)


def unvarint(data):
    n = shift = 0
    for i, byte in enumerate(data):
        n |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return n, data[i + 1 :]
    raise ValueError("truncated")


def hexdump(data, width=8):
    for i in range(0, len(data), width):
        row = data[i : i + width]
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        yield f"{i:04x}  {row.hex(' '):<{width * 3}} {text}"


def xor(data, key):
    return bytes(b ^ key[i % len(key)] for i, b in enumerate(data))


def utf8(cp):
    if cp < 0x80:
        return bytes([cp])
    out, first = [], 0x40
    while cp >= first >> 1 and len(out) < 3 and (cp > 0x3F or not out) and cp >= (0x20 >> len(out)):
        out.append(0x80 | cp & 0x3F)
        cp >>= 6
    lead = (0xFF00 >> len(out) + 1) & 0xFF
    return bytes([lead | cp, *reversed(out)])


for t in ("", "f", "fo", "foo", "foobar", "Zoë €"):
    d = t.encode()
    print(repr(t), b64(d), unb64(b64(d)) == d)
for n in (0, 1, 127, 128, 300, 2**35, 2**70):
    v = varint(n)
    print(n, v, unvarint(v + b"rest"))
try:
    unvarint(b"\x80\x80")
except ValueError as e:
    print(e)
print("\n".join(hexdump("Hello, wörld!\n\x00\xff".encode())))
secret = xor(b"attack at dawn", b"key")
print(secret, xor(secret, b"key"), [utf8(ord(c)) == c.encode() for c in "aé€😀߿ࠀ"])
data = bytes(range(256))
print(sum(data), data[::51], data.find(b"\x80\x81"), data.count(b"a"), data[65:70].decode(), max(data), len(data * 3), data[-1], bytes(reversed(data))[:3], bytes(b for b in data if b % 50 == 0), sorted(b"hello"), b"".join(bytes([b]) for b in b"xyz"), b"abc" in data, 97 in data)
print((1000).to_bytes(4, "big"), int.from_bytes(b"\x00\x00\x03\xe8", "big"), (-2).to_bytes(8, "little", signed=True), int.from_bytes(b"\xff" * 9, "big"), b"%s=%d" % (b"k", 5), b"a,b".split(b","), str(b"x\n"), repr(b"'"), ascii(b"\xe9"))
