# The same code for many coroutines at once; values of every kind live across an await.
class Pause:
    def __await__(self):
        return (yield)


async def keeps(a, b):
    i, f, s, big = 3, 2.5, "s" * 2, 1 << 70
    lst, t, d = [a], (a, b), {a: b}
    flag = a < b
    cell = lambda: (a, lst)
    got = await Pause()
    lst.append(got)
    i += 1
    f *= 2
    got2 = await Pause()
    return i, f, s, big, lst, t, d, flag, cell(), got2


cs = [keeps(n, 5) for n in range(4)]
for c in cs:
    c.send(None)
for n, c in enumerate(reversed(cs)):
    c.send("got %d" % n)
for c in cs:
    try:
        c.send(c is cs[0])
    except StopIteration as e:
        print(e.value)


async def rebinding(x):
    y = x
    for i in range(3):
        x = [x]
        await Pause()
        y = x
        del x
        await Pause()
        x = (y, i)
    return x


c = rebinding(1)
try:
    while True:
        c.send(None)
except StopIteration as e:
    print(e.value)


async def swap(a, b):
    while True:
        a, b = b, a + b
        if await Pause():
            return a, b


c = swap(0, 1)
for n in range(300):
    c.send(None)
try:
    c.send(1)
except StopIteration as e:
    print(e.value)


def mixed():
    async def co(n):
        total = 0
        for x in gen(n):
            total += x
            await Pause()
        return total

    def gen(n):
        for i in range(n):
            yield i * 1.5

    return co


c = mixed()(4)
try:
    while True:
        c.send(None)
except StopIteration as e:
    print(e.value)
