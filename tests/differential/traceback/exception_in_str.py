# Errors whose class is nested or in another scope, and exceptions without a str of their own.
class Outer:
    class Problem(Exception):
        pass

    def fail(self):
        raise Outer.Problem("nested class", [1, 2])


def make():
    class Local(Exception):
        def __str__(self):
            return "local " + ", ".join(self.args)

    return Local


try:
    Outer().fail()
except Outer.Problem as e:
    raise make()("a", "b") from e
