# Indexing in loops: negative, out of range, wrong types, lists that change under the loop.
def total(l, idx):
    t = 0
    for i in idx:
        t += l[i]
    return t


def attempt(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


l = [10, 20, 30]
attempt(total, l, [0, 1, 2])
attempt(total, l, [-1, -3])
attempt(total, l, [0, 3])
attempt(total, l, [-4])
attempt(total, l, [True, False])
attempt(total, l, [0, 1.0])
attempt(total, l, [0, "1"])
attempt(total, l, [2**60])
attempt(total, l, [-(2**70)])
attempt(total, (1, 2), [0, 1, 2])
attempt(total, {0: 1.5, 5: 2}, [0, 5])
attempt(total, {0: 1}, [1])
attempt(total, "abc", [0])
attempt(total, b"abc", [0, -1])
attempt(total, range(100, 200), [5, -1])
attempt(total, 5, [0])
attempt(total, None, [0])


def fill(l, n):
    for i in range(n):
        l[i] = i * i
    return l


attempt(fill, [0] * 5, 5)
attempt(fill, [0] * 3, 5)
attempt(fill, {}, 3)
attempt(fill, (0, 0), 1)
attempt(fill, "ab", 1)


def shrink(l):
    out = []
    for i in range(len(l)):
        out.append(l[i])
        if i == 1:
            l.pop()
            l.pop()
    return out


attempt(shrink, [1, 2, 3, 4])


def fib_table(n):
    t = [0, 1] + [0] * n
    for i in range(2, n + 2):
        t[i] = t[i - 1] + t[i - 2]
    return t[n]


attempt(fib_table, 50)
attempt(fib_table, 100)


def swap_all(l):
    for i in range(len(l) // 2):
        l[i], l[-i - 1] = l[-i - 1], l[i]
    return l


attempt(swap_all, [1, 2.5, "c", None, [5]])
grid = [[0] * 3 for _ in range(3)]
for y in range(3):
    for x in range(3):
        grid[y][x] = grid[y - 1][x] + grid[y][x - 1] + (x == y)
print(grid)
l = [1, 2, 3]
for i in range(3):
    l[i] += l[i - 1]
    l[i] *= 2
print(l)
