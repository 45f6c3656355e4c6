# The traceback of a recursion without end.
def walk(node):
    return walk(node)


def main():
    return walk({"a": 1})


try:
    main()
except RecursionError as e:
    print("caught once")
main()
