# Lists of lists as a matrix: transposition, rotation, determinants, flood fill.
def transpose(m):
    return [list(row) for row in zip(*m)]


def rotate(m):
    return [list(r) for r in zip(*m[::-1])]


def minor(m, i, j):
    return [row[:j] + row[j + 1 :] for k, row in enumerate(m) if k != i]


def det(m):
    if len(m) == 1:
        return m[0][0]
    return sum((-1) ** j * m[0][j] * det(minor(m, 0, j)) for j in range(len(m)))


def fill(grid, y, x, new):
    old = grid[y][x]
    todo = [(y, x)]
    while todo:
        y, x = todo.pop()
        if 0 <= y < len(grid) and 0 <= x < len(grid[y]) and grid[y][x] == old:
            grid[y][x] = new
            todo += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return grid


m = [[2, 0, 1], [1, 3, 2], [0, 5, -4]]
print(transpose(m), rotate(m), det(m), det([[1.5, 2], [3, 4]]))
grid = [list(row) for row in ("..#.", ".##.", "#...")]
print("\n".join("".join(row) for row in fill(grid, 0, 0, "o")))
spiral = []
work = [list(range(k, k + 4)) for k in (0, 4, 8)]
while work:
    spiral += work.pop(0)
    work = [list(r) for r in zip(*work)][::-1]
print(spiral)
print([[i * j for j in range(4)] for i in range(3)], sum(map(sum, m)), max(max(r) for r in m), [row[::-1] for row in m[1:]])
