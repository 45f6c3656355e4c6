# Keys of one's own class: __hash__ and __eq__ are called when and how often CPython does.
class Key:
    log = []

    def __init__(self, name, code):
        self.name = name
        self.code = code

    def __hash__(self):
        Key.log.append(f"hash {self.name}")
        return self.code

    def __eq__(self, other):
        Key.log.append(f"eq {self.name} {getattr(other, 'name', other)}")
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"K({self.name})"


def flush(label):
    print(label, Key.log)
    Key.log.clear()


a, b, a2 = Key("a", 1), Key("b", 1), Key("a", 1)
d = {a: "A"}
flush("make")
d[b] = "B"
flush("collide")
print(d[a], d[a2])
flush("look up")
d[a2] = "A2"
flush("replace")
print(d, 1 in d)
flush("int key")
s = {a, b, a2}
flush("set")
print(len(s), a2 in s)
flush("in set")
print(d == {a: "A2", b: "B"})
flush("equal")
del d[a2]
print(d)
flush("delete")


class NoHash:
    def __eq__(self, other):
        return True


class BadHash:
    def __hash__(self):
        return "x"


class Raises:
    def __hash__(self):
        raise ValueError("no hash today")


for cls in (NoHash, BadHash, Raises):
    try:
        {cls(): 1}
    except Exception as e:
        print(type(e).__name__, e)
