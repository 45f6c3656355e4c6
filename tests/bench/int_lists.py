"""Loops over lists of ints: prefix sums, reversal, an in-place sort, a histogram."""


def numbers(count, seed=12345):
    values = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        values.append(seed >> 16)
    return values


def insertion_sort(values):
    for i in range(1, len(values)):
        value = values[i]
        j = i - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value


def prefix_sums(values):
    sums = [0] * (len(values) + 1)
    for i in range(len(values)):
        sums[i + 1] = sums[i] + values[i]
    return sums


def reverse(values):
    low, high = 0, len(values) - 1
    while low < high:
        values[low], values[high] = values[high], values[low]
        low += 1
        high -= 1


def main():
    values = numbers(4000)
    insertion_sort(values)
    checksum = values[10] + values[-10]
    values = numbers(400_000)
    for _ in range(16):
        sums = prefix_sums(values)
        reverse(values)
        checksum = (checksum * 31 + sums[len(values) // 3]) % 1_000_003
    counts = [0] * 64
    for _ in range(16):
        for value in values:
            counts[value & 63] += 1
    largest = 0
    for i, value in enumerate(values):
        if value > values[largest]:
            largest = i
    print("int_lists", checksum, max(counts), largest)


main()
