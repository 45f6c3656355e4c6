"""List, set and dict comprehensions, generator expressions, zip, enumerate, unpacking."""


def triples(limit):
    return [
        (a, b, c)
        for a in range(1, limit)
        for b in range(a, limit)
        for c in range(b, limit)
        if a * a + b * b == c * c
    ]


def main():
    found = triples(400)
    total = 0
    points = [(i % 100, i // 100) for i in range(60_000)]
    for _ in range(40):
        near = [(x, y) for x, y in points if x * x + y * y < 20_000]
        columns = {x for x, _ in near}
        heights = {x: y for x, y in near}
        total += len(near) + len(columns) + sum(heights.values())
        total += sum(x * y for x, y in points)
        first, *middle, last = near
        total += first[0] + last[0] + len(middle)
        total += sum(i * x for i, (x, y) in enumerate(points) if y & 1)
        total += max(a + b for (a, _), (_, b) in zip(points, reversed(points)))
    print("comprehensions", len(found), total)


main()
