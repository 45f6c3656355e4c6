"""The n-queens problem, by backtracking over sets and over lists."""


def solve(n, row, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        up, down = row + column, row - column + n - 1
        if columns[column] or rising[up] or falling[down]:
            continue
        columns[column] = rising[up] = falling[down] = True
        count += solve(n, row + 1, columns, rising, falling)
        columns[column] = rising[up] = falling[down] = False
    return count


def solve_sets(n, row=0, columns=frozenset(), rising=frozenset(), falling=frozenset()):
    if row == n:
        return 1
    return sum(
        solve_sets(n, row + 1, columns | {c}, rising | {row + c}, falling | {row - c})
        for c in range(n)
        if c not in columns and row + c not in rising and row - c not in falling
    )


def main():
    n = 12
    for _ in range(3):
        count = solve(n, 0, [False] * n, [False] * (2 * n), [False] * (2 * n))
    print("queens", count, solve_sets(10))


main()
