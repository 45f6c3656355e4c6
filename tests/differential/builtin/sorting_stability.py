# sorted with several keys, records, reverse and stability.
people = [("Ann", 30, 5.5), ("Bob", 25, 6.1), ("Cid", 30, 5.9), ("Dee", 25, 5.5), ("Eve", 35, 6.1)]
print(sorted(people, key=lambda p: p[1]))
print(sorted(people, key=lambda p: (-p[1], p[2])))
print([p[0] for p in sorted(sorted(people), key=lambda p: p[2], reverse=True)])
people.sort(key=lambda p: p[0], reverse=True)
print([p[0] for p in people], [p[0] for p in sorted(people, key=lambda p: p[1], reverse=True)])


class Desc:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        return self.v > o.v


print(sorted(["b", "a", "c"], key=Desc), min([3, 1, 2], key=Desc), max([3, 1, 2], key=Desc))
words = "the quick brown fox jumps over the lazy dog".split()
groups = {}
for w in sorted(words, key=len):
    groups.setdefault(len(w), []).append(w)
print(groups, sorted(groups.items(), reverse=True)[0])
data = [5, 3, 8, 1, 9, 2]


def merge_sort(l):
    if len(l) < 2:
        return l
    m = len(l) // 2
    a, b = merge_sort(l[:m]), merge_sort(l[m:])
    out = []
    while a and b:
        out.append((a if a[0] <= b[0] else b).pop(0))
    return out + a + b


def heap_sort(l):
    heap = []
    for x in l:
        heap.append(x)
        i = len(heap) - 1
        while i and heap[(i - 1) // 2] > heap[i]:
            heap[(i - 1) // 2], heap[i] = heap[i], heap[(i - 1) // 2]
            i = (i - 1) // 2
    out = []
    while heap:
        heap[0], heap[-1] = heap[-1], heap[0]
        out.append(heap.pop())
        i = 0
        while True:
            k = 2 * i + 1
            if k >= len(heap):
                break
            if k + 1 < len(heap) and heap[k + 1] < heap[k]:
                k += 1
            if heap[i] <= heap[k]:
                break
            heap[i], heap[k] = heap[k], heap[i]
            i = k
    return out


rand = [(i * 7919 + 13) % 101 for i in range(50)]
print(merge_sort(rand) == heap_sort(rand) == sorted(rand), merge_sort(data), heap_sort(data))
print(sorted([0.5, -0.0, 0.0, 2, -1, True]), sorted([[], [0], [0, 0]]), sorted("bca", reverse=True), sorted({3: "a", 1: "b"}))
