# SHA-256 and CRC-32 written out: 32-bit arithmetic by masks.
M = 0xFFFFFFFF


def primes(n):
    found = []
    k = 2
    while len(found) < n:
        if all(k % p for p in found):
            found.append(k)
        k += 1
    return found


def frac_root(p, root):
    lo, hi = 0, p << 64
    target = p << (32 * root)
    while lo < hi:
        mid = (lo + hi + 1) // 2
        if mid**root <= target:
            lo = mid
        else:
            hi = mid - 1
    return lo & M


K = [frac_root(p, 3) for p in primes(64)]
H0 = [frac_root(p, 2) for p in primes(8)]


def rotr(x, n):
    return (x >> n | x << (32 - n)) & M


def sha256(data):
    h = H0[:]
    length = len(data) * 8
    data += b"\x80"
    data += bytes((56 - len(data)) % 64) + length.to_bytes(8, "big")
    for start in range(0, len(data), 64):
        block = data[start : start + 64]
        w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
        for i in range(16, 64):
            s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3
            s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10
            w.append((w[i - 16] + s0 + w[i - 7] + s1) & M)
        a, b, c, d, e, f, g, hh = h
        for i in range(64):
            s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)
            t1 = (hh + s1 + (e & f ^ ~e & g) + K[i] + w[i]) & M
            s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)
            t2 = s0 + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, hh = (t1 + t2) & M, a, b, c, (d + t1) & M, e, f, g
        h = [(x + y) & M for x, y in zip(h, (a, b, c, d, e, f, g, hh))]
    return "".join(f"{x:08x}" for x in h)


def crc32(data):
    crc = M
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ M


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & 2**64 - 1
    return h


print([hex(k) for k in K[:4]], [hex(h) for h in H0[:3]])
for text in ("", "abc", "The quick brown fox jumps over the lazy dog", "a" * 200):
    data = text.encode()
    print(sha256(data), f"{crc32(data):08x} {adler(data):08x} {fnv(data):016x}")
