# Fast loops over builtins must notice subclasses and replaced iterators.
class Loud(list):
    def __iter__(self):
        print("iter called", end=" ")
        return super().__iter__()


class Shy(dict):
    def __iter__(self):
        return iter(["pretended"])

    def keys(self):
        return ["k"]

    def __getitem__(self, key):
        return f"item {key}"

    def items(self):
        return [("i", 1)]


class Twice(tuple):
    def __iter__(self):
        for x in super().__iter__():
            yield x
            yield x


class Range3:
    def __iter__(self):
        return iter(range(3))


def loop(it):
    return [x for x in it]


def unpack(it):
    a, *b = it
    return a, b


for it in ([1, 2], Loud([1, 2]), (1, 2), Twice((1, 2)), {"a": 1}, Shy(a=1), "ab", Range3(), range(2), {5}, b"z", (x for x in "g")):
    print(loop(it))
print(unpack(Loud([1, 2])), unpack(Twice([7])), [*Loud([3])], sum(Loud([1, 2])), sorted(Twice([2, 1])), dict(Shy(a=1)), {**Shy(b=2)}, list(Shy(c=3)), len(Loud([1])))
for k, v in Shy(x=1).items():
    print(k, v)
l = Loud("xy")
for i, x in enumerate(l):
    print(i, x, end=" ")
print()
for a, b in zip(Loud([1]), Twice([2])):
    print(a, b)
print(",".join(Twice("ab")), max(Loud([1, 5])), 1 in Loud([1]), tuple(Loud([1])), set(Loud([1])))
