# L-systems drawn by a turtle on a character grid.
class Turtle:
    def __init__(self):
        self.x = self.y = 0
        self.dir, self.stack, self.cells = 0, [], {(0, 0)}

    STEPS = [(1, 0), (0, -1), (-1, 0), (0, 1)]

    def F(self):
        dx, dy = self.STEPS[self.dir]
        for _ in range(2):
            self.x += dx
            self.y += dy
            self.cells.add((self.x, self.y))

    def left(self):
        self.dir = (self.dir + 1) % 4

    def right(self):
        self.dir = (self.dir - 1) % 4

    def push(self):
        self.stack.append((self.x, self.y, self.dir))

    def pop(self):
        self.x, self.y, self.dir = self.stack.pop()

    actions = {"+": left, "-": right, "[": push, "]": pop, "F": F, "A": F, "B": F}

    def run(self, program):
        for ch in program:
            if action := self.actions.get(ch):
                action(self)
        return self

    def picture(self):
        xs, ys = zip(*self.cells)
        return "\n".join("".join("#" if (x, y) in self.cells else " " for x in range(min(xs), max(xs) + 1)).rstrip() for y in range(min(ys), max(ys) + 1))


def grow(axiom, rules, n):
    for _ in range(n):
        axiom = "".join(rules.get(ch, ch) for ch in axiom)
    return axiom


def grow_lazily(axiom, rules, n):
    if n == 0:
        yield from axiom
    else:
        for ch in axiom:
            yield from grow_lazily(rules.get(ch, ch), rules, n - 1)


dragon = grow("FX", {"X": "X+YF+", "Y": "-FX-Y"}, 6)
hilbert = {"X": "+YF-XFX-FY+", "Y": "-XF+YFY+FX-"}
print(len(dragon), dragon[:30])
print(Turtle().run(dragon).picture())
print(Turtle().run(grow_lazily("X", hilbert, 3)).picture())
t = Turtle().run("F[+F][-F]F")
print(t.picture(), t.x, t.y, len(t.cells), t.stack)
print([len(grow("A", {"A": "AB", "B": "A"}, n)) for n in range(12)], "".join(grow_lazily("A", {"A": "AB", "B": "A"}, 5)))
try:
    Turtle().run("F]")
except IndexError as e:
    print(e)
