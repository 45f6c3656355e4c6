# for over range with all shapes of bounds, inside functions where fast paths apply.
def total(start, stop, step):
    t = 0
    for i in range(start, stop, step):
        t += i
    return t


def last(stop):
    i = "never"
    for i in range(stop):
        pass
    return i


def changing(n):
    out = []
    for i in range(n):
        out.append(i)
        i += 100
        n = 0
    return out, i


def nested(n):
    out = []
    for i in range(n):
        for j in range(i):
            if j == 2:
                break
            if (i + j) % 2:
                continue
            out.append((i, j))
        else:
            out.append(("else", i))
    return out


print(total(0, 10, 1), total(10, 0, -1), total(0, 10, 3), total(5, 5, 1), total(5, 1, 1), total(2**62, 2**62 + 3, 1), total(-(2**47) - 1, -(2**47) + 2, 1))
print(last(5), last(0), last(-3), last(True))
print(changing(3), nested(5))
for bad in ((0, 5, 0), ("a", 1, 1), (0, 1.5, 1), (0, None, 1)):
    try:
        print(total(*bad))
    except Exception as e:
        print(type(e).__name__, e)
squares = [0] * 5
for squares[0] in range(4):
    pass
print(squares)


def first_over(limit):
    for n in range(10**18):
        if n * n > limit:
            return n


print(first_over(1000), list(zip(range(3), range(10, 0, -4))), [i for i in range(20) if i % 7 == 3])
