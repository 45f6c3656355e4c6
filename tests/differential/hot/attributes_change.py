# Attributes of numbers that become something else, classes that change while loops run.


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.hits = 0

    def move(self, dx):
        self.x += dx
        self.hits += 1
        return self.x

    def norm(self):
        return self.x * self.x + self.y * self.y


class Again:
    def __init__(self, value):
        self.value = value
        self.value = self.value + 1
        for _ in range(3):
            self.value += value
        del self.value
        self.value = [value]


class Other:
    x = "class"
    hits = 100

    def move(self, dx):
        return ("other", dx)


def run(points, steps):
    total = 0
    for i in range(steps):
        for point in points:
            total = total + point.norm()
            point.move(i)
    return total


print(run([Point(1, 2), Point(0.5, 1)], 3))
point = Point(2**46, 0)
for step in (2**46, 2**47, 2**62, 2**63, -(2**64)):
    print(point.move(step), point.hits)
point = Point("a", 1)
print(point.move("b"), point.x, point.__dict__)
point.x = 1.5
print(point.move(1), point.move(2**53), point.move(True))
print(Again(3).value, Again(0.5).__dict__)
print([p.move(1) for p in (Point(1, 1), Other(), Point(2, 2))])


def bump(objects):
    for each in objects:
        each.hits += 1
        each.extra = each.hits
    return [each.__dict__ for each in objects]


print(bump([Point(1, 2), Other(), Point(3, 4)]))
print(Other.hits)


def patched(points):
    out = []
    for i, point in enumerate(points):
        if i == 1:
            Point.move = lambda self, dx: ("patched", dx)
        if i == 2:
            Point.x = property(lambda self: "property")
        if i == 3:
            point.__class__ = Other
        out.append((point.move(i), point.x))
    return out


print(patched([Point(n, n) for n in range(4)]))
del Point.x
deleted = Point(5, 6)
del deleted.x
try:
    deleted.x += 1
except AttributeError as error:
    print(error)
deleted.x = 7
print(deleted.__dict__, deleted.norm())


class Counted:
    alive = 0

    def __init__(self):
        Counted.alive += 1

    def __del__(self):
        Counted.alive -= 1


holder = Point(Counted(), 0)
print(Counted.alive)
holder.x = 1
print(Counted.alive)
items = [Counted(), 0, Counted()]
for i in range(3):
    items[i] = i
print(Counted.alive, items)
