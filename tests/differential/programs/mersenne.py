# Random generators by hand: Mersenne Twister, xorshift, and a shuffle with them.
class Twister:
    def __init__(self, seed):
        self.mt = [seed & 0xFFFFFFFF]
        for i in range(1, 624):
            prev = self.mt[-1]
            self.mt.append((1812433253 * (prev ^ prev >> 30) + i) & 0xFFFFFFFF)
        self.index = 624

    def twist(self):
        mt = self.mt
        for i in range(624):
            y = mt[i] & 0x80000000 | mt[(i + 1) % 624] & 0x7FFFFFFF
            mt[i] = mt[(i + 397) % 624] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
        self.index = 0

    def next32(self):
        if self.index >= 624:
            self.twist()
        y = self.mt[self.index]
        self.index += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        a, b = self.next32() >> 5, self.next32() >> 6
        return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0)

    def below(self, n):
        bits = n.bit_length()
        while True:
            r = self.next32() >> 32 - bits
            if r < n:
                return r


def xorshift(x):
    while True:
        x ^= x << 13 & 2**64 - 1
        x ^= x >> 7
        x ^= x << 17 & 2**64 - 1
        yield x


def shuffle(items, rng):
    for i in range(len(items) - 1, 0, -1):
        j = rng.below(i + 1)
        items[i], items[j] = items[j], items[i]
    return items


t = Twister(5489)
print([t.next32() for _ in range(5)], [t.random() for _ in range(3)])
for _ in range(9990):
    t.next32()
print(t.next32(), [t.below(6) + 1 for _ in range(15)], shuffle(list(range(10)), t))
g = xorshift(88172645463325252)
print([next(g) for _ in range(4)])
inside = sum(t.random() ** 2 + t.random() ** 2 < 1 for _ in range(2000))
print(4 * inside / 2000, f"{sum(t.random() for _ in range(100)):.10f}")
