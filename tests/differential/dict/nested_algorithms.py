# Graphs and tables as dicts of dicts, sets and lists.
GRAPH = {"a": {"b", "c"}, "b": {"d"}, "c": {"d", "e"}, "d": {"f"}, "e": {"f"}, "f": set(), "z": set()}


def bfs(g, start):
    order, queue = [start], [start]
    while queue:
        for n in sorted(g[queue.pop(0)]):
            if n not in order:
                order.append(n)
                queue.append(n)
    return order


def all_paths(g, a, b, path=()):
    path = (*path, a)
    if a == b:
        return [path]
    return [p for n in sorted(g[a]) if n not in path for p in all_paths(g, n, b, path)]


def reverse(g):
    r = {n: set() for n in g}
    for n, ms in g.items():
        for m in ms:
            r[m].add(n)
    return r


def levels(g):
    indegree = {n: len(p) for n, p in reverse(g).items()}
    level = sorted(n for n, d in indegree.items() if d == 0)
    while level:
        yield level
        following = set()
        for n in level:
            for m in g[n]:
                indegree[m] -= 1
                if not indegree[m]:
                    following.add(m)
        level = sorted(following)


def closure(g):
    reach = {n: set(ms) for n, ms in g.items()}
    for k in g:
        for i in g:
            if k in reach[i]:
                reach[i] |= reach[k]
    return reach


def pivot(rows, key, col, val):
    out = {}
    for r in rows:
        cell = out.setdefault(r[key], {})
        cell[r[col]] = cell.get(r[col], 0) + r[val]
    return out


def deep_merge(a, b):
    out = dict(a)
    for k, v in b.items():
        out[k] = deep_merge(out[k], v) if isinstance(v, dict) and isinstance(out.get(k), dict) else v
    return out


def flatten(d, prefix=""):
    for k, v in d.items():
        if isinstance(v, dict) and v:
            yield from flatten(v, f"{prefix}{k}.")
        else:
            yield prefix + k, v


print(bfs(GRAPH, "a"), all_paths(GRAPH, "a", "f"), {n: sorted(p) for n, p in reverse(GRAPH).items()})
print(list(levels(GRAPH)), {n: "".join(sorted(r)) for n, r in closure(GRAPH).items()})
rows = [dict(zip(("city", "year", "n"), r)) for r in (("X", 1, 5), ("Y", 1, 2), ("X", 2, 1), ("X", 1, 0.5))]
print(pivot(rows, "city", "year", "n"), pivot(rows, "year", "city", "n"))
a = {"x": {"y": 1, "z": {"w": 2}}, "k": [1]}
m = deep_merge(a, {"x": {"z": {"v": 3}, "y": {}}, "n": None})
print(m, a, dict(flatten(m)), dict(flatten({})))
inverted = {}
for i, text in enumerate(["red green", "green blue", "blue red red"]):
    for w in text.split():
        inverted.setdefault(w, {}).setdefault(i, 0)
        inverted[w][i] += 1
print(inverted, sorted(inverted, key=lambda w: (-sum(inverted[w].values()), w)))
table = {}
for i in range(3):
    for j in range(3):
        table[i, j] = table.get((i - 1, j), 1) + table.get((i, j - 1), 1)
print(table, {k for k, v in table.items() if v > 6} == {(1, 2), (2, 1), (2, 2)}, min(table, key=lambda k: (-table[k], k)))
