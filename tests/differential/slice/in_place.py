class Log:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


class Index:
    def __init__(self, n, name=None):
        self.n, self.name = n, name

    def __index__(self):
        if self.name:
            print("index", self.name)
        return self.n


class Sub(list):
    def __getitem__(self, key):
        print("sub", key)
        return super().__getitem__(key)


def note(name, value):
    print("eval", name)
    return value


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


log, one, none = Log(), 1, None
print(log[1:2], log[:], log[::], log[1:], log[:2], log[::3], log[1:2, ::2], type(log[:]) is slice)
log[1:2] = 3
log[:] = None
del log[::-1]
note("o", log)[note("a", 1) : note("b", 2) : note("c", 3)] = note("v", 4)

xs = list(range(10))
text = "häl\u4e16lo wörld"
data = bytes(range(10))
nums = tuple(range(10))
for a, b, c in [(None, None, None), (2, 5, None), (-3, None, None), (None, -3, None), (8, 2, -2), (None, None, -1),
                (5, 2, 1), (100, 200, 3), (-100, 100, 4), (2**70, None, -1), (-(2**70), 2**70, 2**70), (True, 6, True),
                (None, None, -(2**70)), (Index(1), Index(9), Index(3))]:
    print(xs[a:b:c], nums[a:b:c], data[a:b:c], text[a:b:c])
print(range(10)[2:8:3], range(10)[::-1], range(10)[-3:])
print(nums[:] is nums, xs[:] is xs, text[:] is text, data[:] == data)
print(Sub([1, 2, 3])[1:], type(Sub([1, 2, 3])[1:]))

for bad in (lambda: xs["a":], lambda: xs[: 1.5], lambda: xs[::0], lambda: text[::0], lambda: nums[:: 0], lambda: data["x"::],
            lambda: one[1:2], lambda: none[:], lambda: {}[one:2], lambda: text[Index("x") :]):
    attempt(bad)


def assign(a, b, c, value):
    ys = list(range(8))
    ys[a:b:c] = value
    return ys


for args in [(1, 3, None, [9]), (1, 3, None, "ab"), (None, None, None, ()), (3, 1, None, [7, 8]), (None, None, 2, "wxyz"),
             (None, None, -3, (1, 2, 3)), (None, None, 2, [1]), (1, 2, None, 5), (1, 6, 2, 5), (1, 2, 0, [1]), (2, 4, 1, iter([0])),
             ("x", None, None, []), (6, 100, None, [1, 2, 3]), (Index(1, "s"), Index(2, "e"), Index(1, "t"), [0])]:
    attempt(lambda: assign(*args))

ys = list(range(5))
ys[1:3] = ys
print(ys)
ys[::2] = ys[::2][::-1]
print(ys)
ys[2:4] += [1, 2]
print(ys)
ys[:] *= 2
print(ys)


def delete(a, b, c):
    ys = list(range(8))
    del ys[a:b:c]
    return ys


for args in [(1, 3, None), (None, None, 2), (None, None, -3), (5, 1, None), (-2, None, None), (None, None, None), (0, 9, 0)]:
    attempt(lambda: delete(*args))


def frozen(o):
    o[1:2] = o


attempt(lambda: frozen("abc"))
attempt(lambda: frozen((1, 2)))


def gone(o):
    del o[1:2]


attempt(lambda: gone("abc"))
attempt(lambda: gone(None))


def shrink():
    class Evil:
        def __index__(self):
            zs.clear()
            return 5

    zs = [1, 2, 3, 4]
    print(zs[: Evil()])
    zs = [1, 2, 3, 4]
    zs[: Evil()] = [7]
    print(zs)


shrink()


class Noisy:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("gone", self.n, end=" ")


ns = [Noisy(n) for n in range(6)]
ns[1:3] = [1, 2]
print()
del ns[3:5]
print(ns[3].n)
del ns


def flips(p):
    count = 0
    while p[0]:
        p[: p[0] + 1] = p[p[0] :: -1]
        count += 1
    return count


print(flips([3, 1, 4, 0, 2]), flips(list((2, 0, 1))))
with_error = [1, 2, 3]
with_error["a":
           "b"] = 1
