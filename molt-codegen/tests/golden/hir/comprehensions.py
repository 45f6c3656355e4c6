def f(items, limit):
    flat = [x * limit for row in items if row for x in row if x < limit]
    lookup = {k: v for k, v in flat}
    unique = {x for x in flat}
    lazy = (x + limit for x in flat for y in x if y)
    nested = [[a for a in range(b)] for b in range(3)]
    closures = [lambda: i for i in range(3)]
    found = any((hit := x) > 1 for x in flat)
    inner = [last := x for x in flat]
    return hit, last


squares = [x * x for x in range(10)]
names = {name: (lambda: name) for name in squares}
total = sum(x for x in squares)


class C:
    limit = 3
    rows = [limit for _ in range(limit)]
