# Lists compare element by element; repetition shares its elements.
print([1, 2] == [1, 2], [1, 2] != [2, 1], [1] < [1, 0], [2] > [1, 9], [] < [0], [1, "a"] == [1.0, "a"], [[1], 2] < [[1], 3])
for bad in (lambda: [1] < ["a"], lambda: [1] < (1,), lambda: [1] + "a", lambda: [1] * 1.0, lambda: [None] < [None, 1], lambda: [None] < [0]):
    try:
        print(bad())
    except TypeError as e:
        print(e)
rows = [[0] * 3] * 2
rows[0][1] = 5
print(rows, rows[0] is rows[1])
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid, [1, 2] * 2, 2 * [1], [1] * 0, [1] * -1, [] * 5)
l = a = [1]
a += [2]
print(l, a is l)
a = a + [3]
print(l, a)
a *= 2
print(a)
a += (x for x in "yz")
a += "k"
print(a)
nested = [1]
nested.append(nested)
print(nested, nested == nested, len(nested))
print(1 in [1.0], "a" in ["b"], None in [None], [] in [[]], [1, [2, [3]]][1][1][0])


class Same:
    def __eq__(self, other):
        print("eq", type(other).__name__)
        return True


print(Same() in [1], [1].count(Same()), [1, 2].index(Same()))
