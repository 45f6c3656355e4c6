# A recursion without end is a RecursionError, caught and survived.
def down(n):
    return down(n + 1)


def attempt(f, *args):
    try:
        f(*args)
    except RecursionError as e:
        print(type(e).__name__, str(e)[:32])


attempt(down, 0)
attempt(down, 0)


class A:
    def __getattr__(self, name):
        return self.other

    def __repr__(self):
        return repr(self)

    def __eq__(self, o):
        return self == o

    def __add__(self, o):
        return self + o

    def __call__(self):
        return self()

    @property
    def loop(self):
        return self.loop


a = A()
attempt(lambda: a.x)
attempt(repr, a)
attempt(lambda: a == 1)
attempt(lambda: a + 1)
attempt(a)


def ping(n):
    return pong(n)


def pong(n):
    return ping(n)


attempt(ping, 1)


def gen(n):
    yield from gen(n + 1)


attempt(list, gen(0))


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth(0) > 500)
f = lambda: f()
attempt(f)


def with_finally(n):
    try:
        return with_finally(n + 1)
    finally:
        pass


attempt(with_finally, 0)
print(sum(range(10)), "still alive")
