# An exception through with blocks and finally clauses.
class Ctx:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind.__name__)
        if self.name == "inner":
            raise RuntimeError("exit failed")


def work():
    with Ctx("outer"):
        with Ctx("inner") as c:
            try:
                c.nothing()
            finally:
                print("finally")


work()
