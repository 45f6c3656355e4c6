# range with bounds at the edges of machine ints, negative steps, variables changed inside.
def collect(*a):
    return [i for i in range(*a)]


def total(a, b, s=1):
    t = n = 0
    for i in range(a, b, s):
        t += i
        n += 1
    return t, n


m = 2**47
print(collect(m - 2, m + 2), collect(-m - 2, -m + 2), collect(m + 2, m - 2, -1), collect(2**63 - 1, 2**63 + 2), collect(-(2**63) - 1, -(2**63) + 1), collect(10**30, 10**30 + 2))
print(total(0, 10), total(10, 0), total(10, 0, -3), total(m - 1, m + 3, 2), total(0, m, m // 3), total(-5, 6, 5), total(0, 1, 10**20))
for i in range(5, 0, -2):
    last = i
print(last)


def modify(n):
    out = []
    for i in range(n):
        i *= 10
        out.append(i)
        n -= 1
    return out, i, n


print(modify(4))


def else_value(n):
    for i in range(n):
        if i == 3:
            break
    else:
        return "no break", n
    return "break", i


print(else_value(3), else_value(4), else_value(0), else_value(-1))


def unbound(n):
    for i in range(n):
        pass
    return i


try:
    unbound(0)
except UnboundLocalError as e:
    print(e)
for i in range(3):
    for i in range(i):
        pass
    print(i, end=" ")
print()
r = range(3)
it = iter(r)
next(it)
print(list(it), list(r), [x for x in r for y in r if x < y], sum(x * y for x in r for y in range(x)))
print([(a, b) for a, b in zip(range(3), range(9, 0, -3))], list(enumerate(range(2), m)), len(range(0, m * 4, 7)), range(m)[-1], m - 1 in range(m), m in range(m))
