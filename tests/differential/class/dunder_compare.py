# Rich comparison: reflection, NotImplemented, derived __ne__, sorting by __lt__.
class Ver:
    def __init__(self, *parts):
        self.parts = parts

    def __lt__(self, o):
        print("lt", end=" ")
        return self.parts < o.parts if isinstance(o, Ver) else NotImplemented

    def __eq__(self, o):
        print("eq", end=" ")
        return self.parts == o.parts if isinstance(o, Ver) else NotImplemented

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


a, b = Ver(1, 2), Ver(1, 10)
print(a < b, a > b, a == b, a != b, a == 5, a != 5, sorted([b, a]), max(a, b), min([b, a]))
for f in (lambda: a <= b, lambda: a >= b, lambda: a < 5, lambda: 5 > a, lambda: 5 < a):
    try:
        print(f())
    except TypeError as e:
        print(e)
try:
    hash(a)
except TypeError as e:
    print(e)
print(a in [b, a], [a, b].index(b), [a].count(a), a in [a])


class Loose:
    def __eq__(self, o):
        return "not a bool"

    def __lt__(self, o):
        return []

    def __ne__(self, o):
        return 0

    __hash__ = object.__hash__


x = Loose()
print(x == 1, 1 == x, x < 1, x > 1 if False else "skip", x != 1, 1 in [x], x in [1], "y" if x < 1 else "n")


class Parent:
    def __eq__(self, o):
        print("Parent.eq", end=" ")
        return True


class Child(Parent):
    def __eq__(self, o):
        print("Child.eq", end=" ")
        return False


print(Parent() == Child(), Child() == Parent(), Parent() != Child())


class Total:
    def __init__(self, n):
        self.n = n

    def __le__(self, o):
        return self.n <= o.n

    def __gt__(self, o):
        return self.n > o.n


print(Total(1) <= Total(2), Total(1) >= Total(2), Total(3) > Total(2), Total(3) < Total(2))
print(object() == object(), (o := object()) == o, o != o)
try:
    object() < object()
except TypeError as e:
    print(e)
