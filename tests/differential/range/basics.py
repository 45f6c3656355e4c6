# range: lazily computed, sliced, compared.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


r = range(2, 20, 3)
print(r, len(r), list(r), r[0], r[-1], r[1:3], r[::-1], r[::2], 8 in r, 9 in r, "a" in r, 8.0 in r, r.index(8), r.count(5), r.start, r.stop, r.step)
print(range(5), range(0), list(range(5, 0, -2)), list(range(0)), list(range(3, 3)), list(range(-3, 3, 2)), range(0, 10, 3) == range(0, 12, 3), range(0) == range(2, 1), hash(range(3)) == hash(range(0, 3, 1)))
print(len(range(10**15)), range(10**20)[10**19], 10**19 in range(10**20), range(2**70, 2**70 + 3)[1], list(range(2**47 - 2, 2**47 + 2)), bool(range(0)), bool(range(1)))
print(list(reversed(range(1, 10, 4))), sum(range(101)), max(range(5)), [*range(3)], tuple(range(2)), range(10)[2:8:2], range(10)[-3:], range(1, 2).__repr__())
attempt(lambda: range())
attempt(lambda: range(1.5))
attempt(lambda: range("a"))
attempt(lambda: range(1, 2, 0))
attempt(lambda: range(1, 2, 3, 4))
attempt(lambda: r[10])
attempt(lambda: r["a"])
attempt(lambda: r.index(9))
attempt(lambda: len(range(10**20)))
attempt(lambda: range(3) + range(3))
attempt(lambda: range(stop=3))
attempt(lambda: r.start())
try:
    r.start = 5
except AttributeError as e:
    print(e)
for i in range(3):
    print(i, end=" ")
    i = 10
print(i)
for i in range(0):
    pass
print(i)
n = 3
for k in range(n):
    n = 10
print(n, k)


class Index:
    def __index__(self):
        return 4


print(list(range(Index())), [0, 1, 2, 3, 4, 5][Index()], "abcdef"[Index()])
