# Inner functions, closures over loop variables and cells that change type in loops.
def outer(n):
    total = 0
    best = None

    def add(v):
        nonlocal total, best
        total += v
        if best is None or v > best:
            best = v
        return total

    for i in range(n):
        add(i if i % 3 else i * 0.5)
    return total, best, add("x") if n == 0 and False else add(2**47)


print(outer(0), outer(10))


def table(n):
    rows = []
    for i in range(n):
        def cell(j, k=i):
            return i * 10 + j + k

        rows.append([cell(j) for j in range(3)])
    return rows, cell(0)


print(table(3))


def make_ops():
    ops = {}
    for name, f in (("inc", lambda v: v + 1), ("dbl", lambda v: v * 2)):
        ops[name] = lambda v, f=f: f(f(v))
    return ops


ops = make_ops()
print([ops["inc"](v) for v in (1, 1.5, 2**47)], ops["dbl"]("ab"))


def fixpoint(f, x):
    n = 0
    while (y := f(x)) != x:
        x = y
        n += 1
        if n > 100:
            break
    return x, n


print(fixpoint(lambda v: (v + 10) // 2, 100), fixpoint(lambda v: v / 2, 1.0)[1], fixpoint(abs, -3), fixpoint(str.strip, " a "))


def deferred():
    actions = []
    value = 1

    def later(f):
        actions.append(f)
        return f

    @later
    def a():
        return value

    @later
    def b():
        nonlocal value
        value *= 2.5
        return value

    value = 10
    return [f() for f in actions + actions]


print(deferred())


def mutual(n):
    def even(k):
        return k == 0 or odd(k - 1)

    def odd(k):
        return k != 0 and even(k - 1)

    return even(n), odd(n)


print(mutual(10), mutual(7))
counter = 0


def bump():
    global counter
    counter += 1

    def inner():
        global counter
        counter += 10

    inner()
    return counter


print([bump() for _ in range(3)], counter)
