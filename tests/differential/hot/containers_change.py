# Code that expects lists, and gets something else.


def pick(items, n):
    found = []
    for i in range(n):
        found.append(items[i])
    return found


def fill(items, n, value):
    for i in range(n):
        items[i] = value
    return items


def swap_in_loop(items):
    out = []
    for i in range(4):
        out.append(items[i])
        if i == 1:
            items = {k: k * 10 for k in range(4)}
    return out


def pairs(rows):
    total = 0
    for left, right in rows:
        total = total + left * right
    return total


def each(items):
    found = []
    for outer in items:
        for inner in outer:
            found.append(inner)
    return found


class Wrapper:
    def __init__(self, items):
        self.items = items
        self.log = []

    def __getitem__(self, index):
        self.log.append(index)
        return self.items[index]

    def __setitem__(self, index, value):
        self.log.append((index, value))
        self.items[index] = value

    def append(self, value):
        self.log.append(("append", value))
        return len(self.log)


class Loud(list):
    def append(self, value):
        super().append(value * 2)

    def __getitem__(self, index):
        return ("loud", super().__getitem__(index))


def collect(target, n):
    for i in range(n):
        target.append(i)
    return target


print(pick([1, 2, 3], 3), pick((4, 5, 6), 2), pick("xyz", 3), pick({0: "a", 1: "b"}, 2), pick(b"ab", 2))
print(pick(range(10, 20), 3), pick(Loud([7, 8]), 2))
wrapped = Wrapper([1, 2, 3])
print(pick(wrapped, 2), wrapped.log)
for bad in ([1], (), "", {}, 5, None):
    try:
        pick(bad, 2)
    except Exception as error:
        print(type(error).__name__, error)
print(fill([0, 0, 0], 2, 1), fill([None, "a", 2.5], 3, 0.5), fill({}, 2, "v"))
print(fill([[1], [2]], 2, None), fill(["s", 10**20], 2, 7), fill([1, 2], 2, [3]))
wrapped = Wrapper([0, 0])
fill(wrapped, 2, 9)
print(wrapped.items, wrapped.log)
for bad in ((1, 2), "ab", [1], None):
    try:
        fill(bad, 2, 0)
    except Exception as error:
        print(type(error).__name__, error)
print(swap_in_loop([1, 2, 3, 4]), swap_in_loop((1, 2, 3, 4)))
print(pairs([(1, 2), (3, 4)]), pairs([[1, 2.5], (3, 4)]), pairs(iter([("ab", 2)][:0])), pairs({(1, 1): 0, (2, 2): 0}))
for bad in ([(1, 2, 3)], [(1,)], [5], ["abc"], [[1, 2, 3]]):
    try:
        pairs(bad)
    except Exception as error:
        print(type(error).__name__, error)
print(each([[1, 2], (3, 4), "ab", {5: 6}, range(2), iter([7])]))
print(each(([1], [2])), each({"xy": 1}), each([]))
print(collect([], 3), collect(Loud(), 3), collect(Wrapper([]), 2).log)
try:
    collect((), 1)
except AttributeError as error:
    print(error)


def grow(items):
    # The list changes while it is iterated over.
    count = 0
    for item in items:
        if item < 5:
            items.append(item + 2)
        count += item
    return count, items


print(grow([1, 2]))
