# The variables of a comprehension are its own; the first iterable is evaluated outside.
x = "outer"
print([x for x in range(3)], x)
print({x: y for x, y in [(1, 2)]}, {x for x in "a"}, list(x for x in "b"), x)


def f():
    y = 10
    a = [y + z for z in range(3)]
    b = [[i * y for i in range(j)] for j in range(3)]
    c = [(lambda: k + y)() for k in range(2)]
    return a, b, c


print(f())


class C:
    items = [1, 2]
    scaled = [i * 2 for i in items]
    try:
        broken = [items for _ in range(1)]
    except NameError as e:
        broken = str(e)


print(C.scaled, C.broken)
try:
    [undefined for _ in [1]]
except NameError as e:
    print(e)
total = 0
print([total := total + v for v in (1, 2, 3)], total)
print(any((found := n) > 3 for n in range(10)), found)


def walrus_in_function():
    evens = [half for n in range(6) if (half := n // 2) and n % 2 == 0]
    return evens, half


print(walrus_in_function())
matrix = [[1, 2, 3], [4, 5, 6]]
print([v for row in matrix for v in row if v % 2], [[row[i] for row in matrix] for i in range(3)], [(a, b) for a in range(3) for b in range(a)])
print([i for i in range(5) if i % 2 if i > 1], [*(i for i in "ab")], dict((k, v) for k, v in zip("ab", (1, 2))), sum(i * i for i in range(4)))
g = (print("lazy", i) or i for i in [1, 2])
print("made")
print(next(g))
try:
    g = (i for i in 5)
except TypeError as e:
    print(e)
g = (1 // i for i in (1, 0))
print(next(g))
try:
    next(g)
except ZeroDivisionError as e:
    print(e)
print(next(g, "finished"))
i = 5
print([i for i in range(i)], [j for j in range(i) for i in range(j)], i)
print([[y for y in x] for x in ["ab", "cd"]], {k: {v for v in range(k)} for k in range(3)}, [lambda: x for x in range(2)][0]())
