# Tic-tac-toe by minimax with symmetry cache; a game played to the end.
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


class Board(tuple):
    def winner(self):
        for a, b, c in LINES:
            if self[a] != " " and self[a] == self[b] == self[c]:
                return self[a]
        return "draw" if " " not in self else None

    def moves(self):
        return [i for i, v in enumerate(self) if v == " "]

    def play(self, i, who):
        cells = list(self)
        cells[i] = who
        return Board(cells)

    def canonical(self):
        best = None
        cells = list(self)
        for _ in range(4):
            cells = [cells[i] for i in (6, 3, 0, 7, 4, 1, 8, 5, 2)]
            for variant in (cells, [cells[i] for i in (2, 1, 0, 5, 4, 3, 8, 7, 6)]):
                t = tuple(variant)
                if best is None or t < best:
                    best = t
        return best

    def __str__(self):
        rows = ["|".join(self[i : i + 3]) for i in (0, 3, 6)]
        return "\n-+-+-\n".join(rows)


cache = {}
visited = 0


def score(board, who):
    global visited
    key = board.canonical(), who
    if key in cache:
        return cache[key]
    visited += 1
    w = board.winner()
    if w is not None:
        result = 0 if w == "draw" else 1 if w == who else -1
    else:
        other = "O" if who == "X" else "X"
        result = max(-score(board.play(i, who), other) for i in board.moves())
    cache[key] = result
    return result


def best(board, who):
    other = "O" if who == "X" else "X"
    return max(board.moves(), key=lambda i: (-score(board.play(i, who), other), -i))


start = Board(" " * 9)
print(score(start, "X"), visited, len(cache))
board, who = start.play(0, "X"), "O"
moves = [0]
while board.winner() is None:
    i = best(board, who)
    moves.append(i)
    board, who = board.play(i, who), "O" if who == "X" else "X"
print(moves, board.winner())
print(board)
lost = Board("XX OO    ")
print(best(lost, "X"), best(lost, "O"), [score(lost.play(i, "O"), "X") for i in lost.moves()], isinstance(lost, tuple), lost == tuple("XX OO    "))
