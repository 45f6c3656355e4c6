"""Dicts with int, str and tuple keys: filling, looking up, counting, deleting, merging."""


def fibonacci_grid(width, height):
    cells = {(0, 0): 1}
    for y in range(height):
        for x in range(width):
            if (x, y) not in cells:
                value = cells.get((x - 1, y), 0) + cells.get((x, y - 1), 0)
                cells[x, y] = value % 1_000_003
    return cells[width - 1, height - 1]


def group(numbers):
    groups = {}
    for number in numbers:
        groups.setdefault(number % 1009, []).append(number)
    return groups


def main():
    checksum = fibonacci_grid(1100, 1000)
    table = {}
    for i in range(2_500_000):
        table[i * 7 % 100_003] = i
    for i in range(2_500_000):
        if i in table:
            checksum += table[i] & 15
    for key in list(table):
        if key % 3 == 0:
            del table[key]
    names = {f"key{i}": i for i in range(50_000)}
    for _ in range(80):
        for name, value in names.items():
            checksum += value & 1
        merged = names | {"extra": 1}
        checksum += len(merged)
    groups = group(range(400_000))
    print("dicts", checksum, len(table), max(len(g) for g in groups.values()))


main()
