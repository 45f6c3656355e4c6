"""Short and long lists made whole, sliced, assigned in place, and grown afterwards."""


class Loud:
    log = []

    def __init__(self, name):
        self.name = name

    def __del__(self):
        Loud.log.append(self.name)

    def __repr__(self):
        return self.name


def main():
    for count in (0, 1, 3, 15, 16, 17, 40):
        base = list(range(count))
        copy = base[:]
        assert copy == base and copy is not base
        copy.append(-1)
        copy.insert(0, -2)
        assert len(copy) == count + 2 and copy[1:-1] == base and base == list(range(count))
        back = base[::-1]
        back.extend(back)
        print(count, sum(back), base[::3], base[-4:], base[5:2], base[2:5], base[4::-1], base[-100:100:7], base[::-4])
        work = base[:]
        work[: count // 2] = work[count // 2 - 1 :: -1] if count > 1 else work[:0]
        print(work, work.copy() == work, sorted(work) == base, [base, base][1] is base)
        work[1:3] = ["x", "y"]
        work[1:3] = ("z",)
        work[len(work) :] = [7]
        work[0:0] = [8, 9]
        print(work)
    a, b, c = Loud("a"), Loud("b"), Loud("c")
    names = [a, b, c]
    del a, b, c
    names[0:2] = [1, 2]
    print(names, Loud.log)
    names[0:3] = (names[2], 5, names[2])
    print(names, Loud.log)
    names[:] = [0, 0, 0]
    print(names, Loud.log)
    held = [Loud("d"), Loud("e")]
    held[:] = held[::-1]
    print(held, Loud.log)
    held[0:1] = held
    print(held, Loud.log)
    held = None
    print(Loud.log)
    nested = [[n] for n in range(3)]
    nested[0].append(nested)
    nested.clear()
    grid = [[0] * 3 for _ in range(3)]
    grid[1][1] = 5
    for row in grid:
        row.append(sum(row))
    print(grid, [len(r) for r in grid], list(range(5, -5, -3)), list(range(0)), [*range(3), *"ab"])
    stack = [1, 2]
    while len(stack) < 40:
        stack.append(stack[-1] + stack[-2])
    while len(stack) > 1:
        stack.pop()
    print(stack, stack.pop(), stack)
    x = [1, 2, 3]
    x[1:2] = x
    x[::2] = ["p", "q", "r"]
    print(x)
    for bad in (lambda: x.__setitem__(slice(0, 2), 5), lambda: x.__setitem__(slice(None, None, 2), [1]), lambda: x[1:2:0], lambda: x["a"], lambda: x[9]):
        try:
            print(bad())
        except (TypeError, ValueError, IndexError) as error:
            print(type(error).__name__, error)


main()
