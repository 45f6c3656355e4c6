"""The sieve of Eratosthenes over a list of bools, with loops and with slices."""


def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= limit:
        if flags[i]:
            for multiple in range(i * i, limit + 1, i):
                flags[multiple] = False
        i += 1
    return flags


def main():
    count = last = 0
    for _ in range(6):
        flags = sieve(3_000_000)
        count = 0
        for number, prime in enumerate(flags):
            if prime:
                count += 1
                last = number
    print("sieve", count, last)


main()
