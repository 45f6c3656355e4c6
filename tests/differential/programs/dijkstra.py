# Shortest paths with a heap of one's own; A* on a grid; topological order.
class Heap:
    def __init__(self):
        self.h = []

    def push(self, item):
        h = self.h
        h.append(item)
        i = len(h) - 1
        while i and h[i] < h[(p := (i - 1) // 2)]:
            h[i], h[p] = h[p], h[i]
            i = p

    def pop(self):
        h = self.h
        top, last = h[0], h.pop()
        if h:
            h[0] = last
            i = 0
            while (c := 2 * i + 1) < len(h):
                if c + 1 < len(h) and h[c + 1] < h[c]:
                    c += 1
                if not h[c] < h[i]:
                    break
                h[i], h[c] = h[c], h[i]
                i = c
        return top

    def __bool__(self):
        return bool(self.h)


def dijkstra(graph, start):
    dist, prev = {start: 0}, {}
    heap = Heap()
    heap.push((0, start))
    while heap:
        d, u = heap.pop()
        if d > dist[u]:
            continue
        for v, w in graph.get(u, {}).items():
            nd = d + w
            if nd < dist.get(v, float("inf")):
                dist[v], prev[v] = nd, u
                heap.push((nd, v))
    return dist, prev


def path(prev, end):
    out = [end]
    while out[-1] in prev:
        out.append(prev[out[-1]])
    return "".join(reversed(out))


graph = {"A": {"B": 7, "C": 9, "F": 14}, "B": {"C": 10, "D": 15}, "C": {"D": 11, "F": 2}, "D": {"E": 6}, "F": {"E": 9.5}, "Z": {}}
dist, prev = dijkstra(graph, "A")
print(sorted(dist.items()), path(prev, "E"), path(prev, "D"), "Z" in dist)
MAZE = """\
S..#....
.#.#.##.
.#...#..
.####.#.
......#G"""


def astar(text):
    rows = text.splitlines()
    find = lambda ch: next((y, x) for y, r in enumerate(rows) for x, c in enumerate(r) if c == ch)
    start, goal = find("S"), find("G")
    guess = lambda p: abs(p[0] - goal[0]) + abs(p[1] - goal[1])
    heap, cost, came = Heap(), {start: 0}, {}
    heap.push((guess(start), start))
    seen = 0
    while heap:
        _, p = heap.pop()
        seen += 1
        if p == goal:
            break
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            q = p[0] + dy, p[1] + dx
            if 0 <= q[0] < len(rows) and 0 <= q[1] < len(rows[0]) and rows[q[0]][q[1]] != "#":
                if cost[p] + 1 < cost.get(q, 10**9):
                    cost[q], came[q] = cost[p] + 1, p
                    heap.push((cost[q] + guess(q), q))
    cells = [list(r) for r in rows]
    p = came.get(goal)
    while p and p != start:
        cells[p[0]][p[1]] = "*"
        p = came[p]
    return cost.get(goal), "\n".join("".join(r) for r in cells)


steps, picture = astar(MAZE)
print(steps)
print(picture)


def topo(deps):
    order, state = [], {}

    def visit(n, trail):
        if state.get(n) == "done":
            return
        if state.get(n) == "open":
            raise ValueError("cycle: " + " -> ".join(trail[trail.index(n) :] + [n]))
        state[n] = "open"
        for m in sorted(deps.get(n, ())):
            visit(m, trail + [n])
        state[n] = "done"
        order.append(n)

    for n in sorted(deps):
        visit(n, [])
    return order


print(topo({"app": ["db", "ui"], "ui": ["core"], "db": ["core"], "core": []}))
try:
    topo({"a": ["b"], "b": ["c"], "c": ["a"]})
except ValueError as e:
    print(e)
