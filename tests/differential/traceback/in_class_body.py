# An error in a class body, a decorator and a default value.
def deco(flag):
    if not flag:
        raise ValueError("no decoration")
    return lambda f: f


class Good:
    x = 1


class Bad:
    y = Good.x

    @deco(False)
    def method(self):
        pass
