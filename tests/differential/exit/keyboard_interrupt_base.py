# BaseException subclasses end a program with a traceback and status 1.
class Fatal(BaseException):
    pass


def f():
    try:
        raise Fatal("base")
    except Exception:
        print("no")


f()
