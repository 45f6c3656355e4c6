# A list may change while a loop walks over it.
l = [1, 2, 3, 4]
for x in l:
    if x < 3:
        l.append(x * 10)
    if len(l) > 8:
        break
print(l)
l = [1, 2, 3, 4, 5, 6]
for x in l:
    if x % 2:
        l.remove(x)
print(l)
l = list(range(5))
for i, x in enumerate(l):
    if i == 2:
        l.clear()
print(i, x, l)
l = [1, 2, 3]
it = iter(l)
print(next(it), next(it), next(it), next(it, None))
l.append(4)
print(next(it, "exhausted stays so"))
l = [1, 2, 3]
for x in l[:]:
    l.insert(0, x)
print(l)
l = [1, 2, 3, 4]
for x in reversed(l):
    print(x, end=" ")
    if x == 3:
        l.pop()
        l.pop()
print(l)
d = [0, 1, 2]
for d[0] in range(3):
    pass
print(d)
