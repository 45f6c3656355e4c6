"""Sorting by keys of one kind and of mixed kinds, stably, in both directions."""


class Num:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __repr__(self):
        return f"N{self.n}"


def main():
    words = ["b", "", "a", "abcdefgh", "abcdefghi", "abcdefgh\0", "abcdefg", "ab\0", "ab", "é", "z" * 9, "z" * 8, "Z", "abcdefghz", "abcdefghy"]
    tagged = [(w, n) for n, w in enumerate(words * 3)]
    for reverse in (False, True):
        print(sorted(words, reverse=reverse))
        print([n for _, n in sorted(tagged, key=lambda t: t[0], reverse=reverse)])
        print([n for _, n in sorted(tagged, key=lambda t: (t[0], -t[1] % 5), reverse=reverse)])
        print([n for _, n in sorted(tagged, key=lambda t: (len(t[0]), t[0]), reverse=reverse)])
        print(sorted(words + ["日", "a日"], reverse=reverse), sorted([(w, 1) for w in words + ["日"]], reverse=reverse)[:3])
    floats = [0.0, -0.0, 1.5, -1.5, 1e300, -1e300, 5e-324, -5e-324, float("inf"), float("-inf"), 2.0]
    print(sorted(floats), sorted(floats, reverse=True), sorted([-0.0, 0.0, -0.0]), sorted([0.0, -0.0, 0.0]))
    print([n for n, _ in sorted(enumerate(floats), key=lambda p: p[1])], [n for n, _ in sorted(enumerate(floats), key=lambda p: (p[1], -p[0]))])
    ints = [5, -3, 2**47 - 1, -(2**47), 0, 7, -3, 2**47, 2**64, -(2**64), 2**100]
    print(sorted(ints), sorted(ints[:7]), sorted(ints[:7], key=lambda n: -n), sorted(range(10), key=lambda n: n % 3, reverse=True))
    print(sorted([3, 1.5, True, 2**70, -1]), sorted([(1, "b"), (1, "a"), (0, "c")]), sorted([(1, 2), (1,), (), (1, 2, 3)]), sorted([[2], [1, 5]]))
    print(sorted([Num(3), Num(1), Num(2)]), min(words), max(words), min(floats), max(ints), sorted({"k": 1, "a": 2}))
    big = [(n * 7919) % 1000 for n in range(3000)]
    order = sorted(range(3000), key=lambda n: big[n])
    print(order[:12], order[-12:], all(big[a] < big[b] or big[a] == big[b] and a < b for a, b in zip(order, order[1:])))
    names = [f"n{(n * 7919) % 500}" for n in range(2000)]
    order = sorted(range(2000), key=lambda n: (names[n], n % 3))
    print(order[:12], all((names[a], a % 3, a) <= (names[b], b % 3, b) for a, b in zip(order, order[1:])))
    nan = float("nan")
    print(sorted([3.0, nan, 1.0, 2.0]), sorted([(2, nan), (1, 1.0)]))
    for bad in ([1, "a"], [None, None], [(1, "a"), (1, 2)], [1j, 2j] if False else [{}, {}]):
        try:
            print(sorted(bad))
        except TypeError as error:
            print(error)


main()
