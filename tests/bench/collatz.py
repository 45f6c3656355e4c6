"""The longest Collatz sequence below a limit: a while loop over ints."""


def steps(n):
    count = 1
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        count += 1
    return count


def main():
    best, best_start = 0, 0
    for start in range(1, 240_000):
        count = steps(start)
        if count > best:
            best, best_start = count, start
    print("collatz", best_start, best)


main()
