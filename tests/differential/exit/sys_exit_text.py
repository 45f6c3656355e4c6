# sys.exit with a text prints it to stderr and exits with 1.
import sys


def main():
    try:
        sys.exit("fatal: something is wrong")
    except Exception:
        print("not an Exception")


main()
