# enumerate over lists in loops, where it is kept in registers and where it becomes a real object.


def indices(items):
    return [i for i, item in enumerate(items) if item]


def pairs(items):
    out = []
    for pair in enumerate(items):
        out.append(pair)
    return out


def mixed(items):
    total = 0
    for i, item in enumerate(items):
        if item == "stop":
            break
        total = total + item * i
    else:
        return ("end", total)
    return ("stopped", total)


print(indices([0, 1, 0, True, "x", ""]))
print(pairs(["a", "b"]))
print(mixed([1, 2, 3]), mixed([1.5, 2, 10**20]), mixed([1, "stop", 2]))
try:
    mixed([1, None])
except TypeError as error:
    print(error)
grown = [1]
for i, value in enumerate(grown):
    if i < 3:
        grown.append(value * 2)
print(grown)
