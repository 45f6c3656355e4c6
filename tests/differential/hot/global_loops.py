# Loops at module level, where every variable is a global.
total = 0
squares = []
i = 0
while i < 10:
    total += i * i
    squares.append(total)
    i += 1
print(total, squares, i)
for n in range(2, 30):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
print(n, d)
a, b = 0, 1
for _ in range(100):
    a, b = b, a + b
print(a)
x = 0.0
for k in range(1, 50):
    x += (-1) ** (k + 1) / k
print(x)
text = ""
for ch in "hello":
    text = ch + text
print(text)
d = {}
for w in "a b a c b a".split():
    d[w] = d.get(w, 0) + 1
print(d)
m = [[0] * 3 for _ in range(3)]
for r in range(3):
    for c in range(3):
        m[r][c] = r * 3 + c
print(m, r, c)


def watcher():
    return i, total


i = "changed"
total += 0.5
print(watcher())
for i in range(3):
    if watcher()[0] != i:
        print("stale global")
print(watcher())
try:
    for i in [1, 2, 0]:
        total = 10 / i
except ZeroDivisionError:
    print(i, total)
while True:
    try:
        i += 1
        if i > 5:
            break
    finally:
        total = i
print(i, total)
