"""Raising and catching in hot loops, through several frames, with finally and with."""


class BadRow(Exception):
    def __init__(self, row):
        super().__init__(f"bad row {row}")
        self.row = row


class Guard:
    entered = left = 0

    def __enter__(self):
        Guard.entered += 1
        return self

    def __exit__(self, kind, value, trace):
        Guard.left += 1
        return kind is not None and issubclass(kind, KeyError)


def parse(text):
    try:
        return int(text)
    except ValueError:
        return -1


def check(row):
    if row % 5 == 0:
        raise BadRow(row)
    return row


def through(row, depth):
    if depth == 0:
        return check(row)
    try:
        return through(row, depth - 1)
    finally:
        Guard.left += 0


def main():
    words = ["12", "x7", "400", "", "9 9", "31"]
    total = caught = 0
    for i in range(1_500_000):
        total += parse(words[i % 6])
    for row in range(500_000):
        try:
            total += through(row, 3)
        except BadRow as error:
            caught += 1
            total -= error.row & 3
    table = {1: 2}
    for i in range(900_000):
        with Guard():
            total += table[i & 1]
    print("exceptions", total, caught, Guard.entered, Guard.left)


main()
