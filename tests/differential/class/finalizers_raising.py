# The locals of a frame that an exception left live as long as its traceback.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def raises():
    x = D("in raising frame")
    raise ValueError


try:
    raises()
except ValueError:
    print("handler")
print("after handler")


def kept():
    x = D("in a kept traceback")
    {}["missing"]


try:
    kept()
except KeyError as e:
    error = e
print("kept")
error = None
print("end")
