"""Recursive Fibonacci numbers: calls, comparisons and small-int arithmetic."""


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def main():
    total = 0
    for _ in range(8):
        total += fib(32)
    print("fib", total)


main()
