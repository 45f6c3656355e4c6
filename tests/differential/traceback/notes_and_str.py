# Notes, messages of several lines, and exceptions whose str fails.
class Odd(Exception):
    def __str__(self):
        raise RuntimeError("str failed")


class Multi(Exception):
    pass


def f():
    e = Multi("first line\nsecond line")
    e.add_note("a note")
    e.add_note("another\nnote")
    raise e


try:
    f()
except Multi:
    raise Odd
