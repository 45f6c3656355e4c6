# SystemExit through generators, with blocks and finally.
class Ctx:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print("exit sees", kind.__name__, value.code)


def gen():
    try:
        yield 1
    finally:
        print("gen closed")


def main():
    g = gen()
    next(g)
    with Ctx():
        try:
            for _ in gen():
                raise SystemExit(9)
        finally:
            print("finally")


main()
