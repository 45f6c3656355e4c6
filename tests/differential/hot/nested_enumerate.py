# enumerate in enumerate, over lists, tuples, text, with starts, breaks and lists that grow.
def cells(rows):
    n = 0
    for y, row in enumerate(rows):
        for x, v in enumerate(row):
            n += x * y
    return n


def pairs(rows):
    out = []
    for j, (a, _) in enumerate(rows):
        for k, (_, b) in enumerate(rows, 10):
            if k == 11:
                break
            out.append((j + a, k + b))
    return out


def growing(l):
    for i, x in enumerate(l):
        if x < 3:
            l.append(x + 2)
        for j, y in enumerate(l):
            if j == i:
                l[j] = y + 1
    return l


def whole(l):
    return [p for p in enumerate(l)], [(i, p) for i, p in enumerate(enumerate(l))]


print(cells([[1, 2], [3]]), cells(([1], (2, 3, 4), "ab")), cells([]), cells([[], [5, 6]]))
print(pairs([(1, 2), (3, 4)]), growing([1, 2, 5]), whole([7, 8]), whole("x"))
try:
    cells([[1], 5])
except TypeError as e:
    print(e)
try:
    pairs([(1, 2, 3)])
except ValueError as e:
    print(e)
