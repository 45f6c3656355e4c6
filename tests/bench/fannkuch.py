"""Fannkuch: permutations by pancake flips."""


def fannkuch(n):
    permutation = list(range(n))
    count = [0] * n
    checksum = flips_max = 0
    r = n
    number = 0
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        if permutation[0] != 0:
            work = permutation[:]
            flips = 0
            first = work[0]
            while first:
                work[: first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            flips_max = max(flips_max, flips)
            checksum += flips if number % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, flips_max
            first = permutation[0]
            for i in range(r):
                permutation[i] = permutation[i + 1]
            permutation[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        number += 1


def main():
    checksum = flips = 0
    for _ in range(3):
        checksum, flips = fannkuch(9)
    print("fannkuch", checksum, flips)


main()
