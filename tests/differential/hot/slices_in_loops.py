# Slicing in algorithms: windows, halves, rotations, copies.
def windows(l, n):
    return [l[i : i + n] for i in range(len(l) - n + 1)]


def merge_sort(l):
    if len(l) <= 1:
        return l[:]
    m = len(l) // 2
    a, b = merge_sort(l[:m]), merge_sort(l[m:])
    out = []
    i = j = 0
    while i < len(a) and j < len(b):
        if b[j] < a[i]:
            out.append(b[j])
            j += 1
        else:
            out.append(a[i])
            i += 1
    return out + a[i:] + b[j:]


def rotate(l, k):
    k %= len(l) or 1
    return l[k:] + l[:k]


def flips(p):
    n = 0
    while p[0] != 1:
        k = p[0]
        p[:k] = p[k - 1 :: -1]
        n += 1
    return n


def subsets(l):
    if not l:
        return [[]]
    rest = subsets(l[1:])
    return rest + [[l[0]] + r for r in rest]


def chunks(s, n):
    while s:
        yield s[:n]
        s = s[n:]


print(windows([1, 2, 3, 4], 2), windows("abcd", 3), windows((1, 2), 5), merge_sort([5, 2.5, 9, 1, 1, -3]), merge_sort(list("merge")))
print(rotate([1, 2, 3, 4], 1), rotate("abcd", -1), rotate((1, 2, 3), 10), rotate([], 3), flips([3, 1, 4, 2]), subsets([1, 2, 3]), list(chunks("abcdefg", 3)), list(chunks(b"xyz", 2)))
l = list(range(10))
l[2:5] = l[5:8]
print(l)
l[::2] = l[1::2]
print(l)
del l[1::3]
print(l)
l[3:3] = "xy"
l[len(l) :] = [99]
print(l, l[-3:], l[:-3], l[-100:2], l[5:100], l[3:1], l[::-2], l[-1:-4:-1])
a = [1, 2, 3]
b = a[:]
b[0] = "b"
print(a, b, a[:] == a, a[:] is a, a[1:][0], (a + b)[::3], a[slice(1, None)], [a, b][1][0][0])
for i in range(4):
    print(a[:i], a[i:], a[i : i + 1], end=" | ")
print()
