# Sets in small algorithms.
def dedupe(items):
    seen = set()
    return [x for x in items if not (x in seen or seen.add(x))]


def components(edges):
    groups = []
    for a, b in edges:
        joined = {a, b}
        rest = []
        for g in groups:
            if g & joined:
                joined |= g
            else:
                rest.append(g)
        groups = rest + [joined]
    return sorted(map(sorted, groups))


def powerset(items):
    result = [frozenset()]
    for x in items:
        result += [s | {x} for s in result]
    return result


print(dedupe([3, 1, 3, 2, 1]), components([(1, 2), (3, 4), (2, 5), (6, 7), (7, 3)]))
ps = powerset("abc")
print(len(ps), sorted("".join(sorted(s)) for s in ps), len(set(ps)))
primes = set(range(2, 50))
for n in range(2, 8):
    primes -= set(range(n * 2, 50, n))
print(sorted(primes))
visited, frontier = set(), {(0, 0)}
for _ in range(3):
    visited |= frontier
    frontier = {(x + dx, y + dy) for x, y in frontier for dx, dy in ((1, 0), (0, 1), (-1, 0))} - visited
    print(len(frontier), end=" ")
print(len(visited))


class Tag:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return isinstance(other, Tag) and self.name.lower() == other.name.lower()

    def __hash__(self):
        return hash(self.name.lower())

    def __repr__(self):
        return f"#{self.name}"


tags = {Tag("Rust"), Tag("rust"), Tag("Python")}
print(len(tags), Tag("PYTHON") in tags, {Tag("a"), Tag("b")} == {Tag("B"), Tag("A")}, {Tag("x")} - {Tag("X")})


class Bag(set):
    def add(self, item):
        super().add(str(item))


bag = Bag([1, 2])
bag.add(3)
print(sorted(bag, key=str), type(bag | {9}).__name__, isinstance(bag, set))
