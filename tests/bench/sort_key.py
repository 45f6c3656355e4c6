"""Sorting records with keys, and lists of ints, floats and strings without."""


class Record:
    def __init__(self, number, name, weight):
        self.number = number
        self.name = name
        self.weight = weight


def records(count):
    seed = 99
    made = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        number = seed >> 8
        made.append(Record(number, f"n{number % 5000}", number % 1000 / 8))
    return made


def main():
    items = records(60_000)
    checksum = 0
    for _ in range(10):
        for ordered in (
            sorted(items, key=lambda r: r.number),
            sorted(items, key=lambda r: (r.weight, r.name)),
            sorted(items, key=lambda r: r.name, reverse=True),
        ):
            checksum = (checksum * 31 + ordered[1000].number + ordered[-1].number) % 1_000_003
        numbers = [r.number for r in items]
        numbers.sort()
        weights = sorted(r.weight for r in items)
        names = [r.name for r in items]
        names.sort(key=len)
        checksum += numbers[500] + int(weights[40_000]) + len(names[0])
    print("sort_key", checksum)


main()
