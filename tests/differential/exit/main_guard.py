# A program with main() and a return code.
import sys


def main(argv):
    if len(argv) > 1:
        print("too many arguments", file=sys.stderr)
        return 2
    print("nothing to do")
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
