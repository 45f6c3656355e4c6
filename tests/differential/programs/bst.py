# A search tree with deletion, balanced variants and iterators.
class Tree:
    class Node:
        __slots__ = "key", "value", "left", "right", "height"

        def __init__(self, key, value):
            self.key, self.value, self.left, self.right, self.height = key, value, None, None, 1

    def __init__(self, items=()):
        self.root, self.size, self.rotations = None, 0, 0
        for k, v in dict(items).items():
            self[k] = v

    @staticmethod
    def h(n):
        return n.height if n else 0

    def fix(self, n):
        n.height = 1 + max(self.h(n.left), self.h(n.right))
        lean = self.h(n.left) - self.h(n.right)
        if lean > 1:
            if self.h(n.left.left) < self.h(n.left.right):
                n.left = self.rotate(n.left, "right", "left")
            return self.rotate(n, "left", "right")
        if lean < -1:
            if self.h(n.right.right) < self.h(n.right.left):
                n.right = self.rotate(n.right, "left", "right")
            return self.rotate(n, "right", "left")
        return n

    def rotate(self, n, up, down):
        self.rotations += 1
        top = getattr(n, up)
        setattr(n, up, getattr(top, down))
        setattr(top, down, n)
        for x in (n, top):
            x.height = 1 + max(self.h(x.left), self.h(x.right))
        return top

    def __setitem__(self, key, value):
        def put(n):
            if n is None:
                self.size += 1
                return Tree.Node(key, value)
            if key == n.key:
                n.value = value
                return n
            if key < n.key:
                n.left = put(n.left)
            else:
                n.right = put(n.right)
            return self.fix(n)

        self.root = put(self.root)

    def __getitem__(self, key):
        n = self.root
        while n and n.key != key:
            n = n.left if key < n.key else n.right
        if n is None:
            raise KeyError(key)
        return n.value

    def __delitem__(self, key):
        def drop(n, key):
            if n is None:
                raise KeyError(key)
            if key < n.key:
                n.left = drop(n.left, key)
            elif key > n.key:
                n.right = drop(n.right, key)
            elif n.left and n.right:
                m = n.right
                while m.left:
                    m = m.left
                n.key, n.value = m.key, m.value
                n.right = drop(n.right, m.key)
            else:
                return n.left or n.right
            return self.fix(n)

        self.root = drop(self.root, key)
        self.size -= 1

    def __iter__(self):
        stack, n = [], self.root
        while stack or n:
            while n:
                stack.append(n)
                n = n.left
            n = stack.pop()
            yield n.key
            n = n.right

    def items(self, lo=None, hi=None):
        def walk(n):
            if n:
                if lo is None or n.key > lo:
                    yield from walk(n.left)
                if (lo is None or n.key >= lo) and (hi is None or n.key < hi):
                    yield n.key, n.value
                if hi is None or n.key < hi:
                    yield from walk(n.right)

        return walk(self.root)

    def __len__(self):
        return self.size


t = Tree((i * 37 % 101, i) for i in range(100))
print(len(t), t.root.height, t.rotations, list(t)[:5], list(t) == sorted(t), t[37], list(t.items(10, 14)))
for k in list(t)[::3]:
    del t[k]
print(len(t), t.root.height, list(t) == sorted(t), list(t)[:6])
for bad in (lambda: t[0], lambda: t.__delitem__(500), lambda: t.__setitem__("str", 1)):
    try:
        print(bad())
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
t[1.5] = "float key"
print(list(t)[:4], t[1.5], len(t), bool(Tree()), list(Tree()), Tree({"b": 1, "a": 2})["a"], list(Tree(zip("hello", range(9))).items()))
up = Tree((i, i) for i in range(1000))
print(up.root.height, up.rotations, sum(v for _, v in up.items(990)))
