"""Keys of all kinds side by side: tuples, numbers that are equal, strings that are not the same object."""


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash((self.n, "k"))

    def __eq__(self, other):
        log.append(self.n)
        return isinstance(other, Key) and self.n == other.n or other == (self.n, "k")


log = []


def main():
    table = {}
    for n in range(2000):
        table[n % 97, str(n % 89)] = n
        table[n % 50] = n
        table[f"{n % 60}"] = n
        table[(n % 10) / 2] = n
    print(len(table), table[3, "3"], table[7], table["12"], table[1.5], table[2], table[True], (3, "3") in table, (3, 3) in table)
    print(table.get((96, "88"), "none"), (1.0, "1") in table, (True, "1") in table, table.get((1.0, "1")) == table.get((1, "1")))
    for key in [k for k in table if isinstance(k, tuple) and k[0] % 2]:
        del table[key]
    print(len(table), sum(v for v in table.values()), (1, "1") in table, (2, "2") in table, list(table)[:6])
    again = {(a, str(b)): a * b for a in range(40) for b in range(40)}
    print(len(again), all(again[a, str(b)] == a * b for a in range(40) for b in range(40)), (0, "00") in again)
    nested = {((1, 2), "x"): 1, ((1, 2.5), "x"): 2, (): 3, ((),): 4, (None,): 5, (-1,): 6, (-2,): 7, (0.0, 1): 8}
    print(nested[(1, 2), "x"], nested[(1.0, 2), "x"], nested[(1, 2.5), "x"], nested[()], nested[(),], nested[None,], nested[-1,], nested[-2,], nested[-0.0, 1])
    mixed = {(5, "k"): "tuple"}
    print(mixed.get(Key(5)), log, mixed.get(Key(6)), log)
    mixed[Key(7)] = "key"
    print(mixed[7, "k"], log, {(7, "k"), Key(7)} and len({(7, "k"), Key(7)}), len(log))
    pairs = {(x, y) for x in range(30) for y in range(30)}
    pairs -= {(x, x) for x in range(30)}
    print(len(pairs), (3, 3) in pairs, (3, 4) in pairs, (3.0, 4) in pairs, ("3", 4) in pairs, len(pairs & {(n, n + 1) for n in range(40)}))
    big = {n * 1_000_003: n for n in range(5000)}
    for n in range(0, 5000, 3):
        del big[n * 1_000_003]
    for n in range(5000, 7000):
        big[n * 1_000_003] = n
    print(len(big), sum(big.values()), 3 * 1_000_003 in big, big[4 * 1_000_003], big.popitem(), len(big))
    try:
        table[[], 1]
    except TypeError as error:
        print(error)
    try:
        table[1, {}] = 2
    except TypeError as error:
        print(error)


main()
