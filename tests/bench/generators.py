"""A pipeline of four generator stages."""


def source(count):
    value = 7
    for _ in range(count):
        value = (value * 1103515245 + 12345) % 2147483648
        yield value >> 8


def keep_odd(values):
    for value in values:
        if value & 1:
            yield value


def differences(values):
    last = 0
    for value in values:
        yield value - last
        last = value


def windows(values, size):
    total = 0
    buffer = [0] * size
    for i, value in enumerate(values):
        slot = i % size
        total += value - buffer[slot]
        buffer[slot] = value
        yield total


def main():
    count = largest = 0
    checksum = 0
    for total in windows(differences(keep_odd(source(4_000_000))), 16):
        count += 1
        largest = max(largest, total)
        checksum = (checksum + total) % 1_000_007
    print("generators", count, largest, checksum)


main()
