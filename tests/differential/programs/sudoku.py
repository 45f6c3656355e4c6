# Sudoku by constraint propagation and search.
GRID = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......"


def cross(a, b):
    return [x + y for x in a for y in b]


DIGITS, ROWS, COLS = "123456789", "ABCDEFGHI", "123456789"
SQUARES = cross(ROWS, COLS)
UNITLIST = [cross(ROWS, c) for c in COLS] + [cross(r, COLS) for r in ROWS] + [cross(r, c) for r in ("ABC", "DEF", "GHI") for c in ("123", "456", "789")]
UNITS = {s: [u for u in UNITLIST if s in u] for s in SQUARES}
PEERS = {s: set(sum(UNITS[s], [])) - {s} for s in SQUARES}
steps = 0


def assign(values, s, d):
    others = values[s].replace(d, "")
    return values if all(eliminate(values, s, o) for o in others) else False


def eliminate(values, s, d):
    if d not in values[s]:
        return values
    values[s] = values[s].replace(d, "")
    if not values[s]:
        return False
    if len(values[s]) == 1 and not all(eliminate(values, p, values[s]) for p in PEERS[s]):
        return False
    for u in UNITS[s]:
        places = [q for q in u if d in values[q]]
        if not places or len(places) == 1 and not assign(values, places[0], d):
            return False
    return values


def parse(grid):
    values = dict.fromkeys(SQUARES, DIGITS)
    for s, d in zip(SQUARES, grid):
        if d in DIGITS and not assign(values, s, d):
            return False
    return values


def search(values):
    global steps
    steps += 1
    if values is False:
        return False
    if all(len(v) == 1 for v in values.values()):
        return values
    _, s = min((len(values[s]), s) for s in SQUARES if len(values[s]) > 1)
    for d in values[s]:
        if found := search(assign(values.copy(), s, d)):
            return found
    return False


solved = search(parse(GRID))
for r in ROWS:
    print(" ".join(solved[r + c] for c in COLS))
print(steps, all({solved[s] for s in u} == set(DIGITS) for u in UNITLIST), len(PEERS["A1"]), len(UNITLIST))
print(search(parse("55" + "." * 79)))
