# Values a loop seems to leave alone, but that something inside it changes.
class Config:
    def __init__(self):
        self.step, self.items, self.name = 1, [1, 2, 3], "n"


class Sneaky:
    def __init__(self, config):
        self.config = config

    def __radd__(self, other):
        self.config.step = 10
        return other + 1000

    def __eq__(self, other):
        self.config.items.append(99)
        return False

    def __len__(self):
        self.config.name = "renamed"
        return 3


cfg = Config()


def use_step(values):
    t = 0
    for v in values:
        t = t + v
        t += cfg.step
    return t


def use_items(x):
    n = 0
    for i in range(10):
        if i >= len(cfg.items):
            break
        n += cfg.items[i] == x
    return n, len(cfg.items)


print(use_step([1, 1, 1]), use_step([1, Sneaky(cfg), 1]), use_step([0, 0]))
print(use_items(2), use_items(Sneaky(cfg)), cfg.items)
bound = 3


def moving_bound():
    global bound
    out = []
    i = 0
    while i < bound:
        out.append(i)
        if i == 1:
            bound = 5.5
        i += 1
    return out


print(moving_bound())
size = [0]


def alias(a, b):
    for i in range(3):
        a.append(i)
        b[0] += len(a)
    return a, b


l = [1]
print(alias(l, l), alias(size, [0]), alias([], size))


def method_bound_once(l):
    push = l.append
    for i in range(2):
        push(i)
        l = []
    return push.__self__, l


print(method_bound_once([9]))


def length_changes(l):
    total = 0
    i = 0
    while i < len(l):
        if l[i] == "grow" and len(l) < 6:
            l.append(i)
        total += i
        i += 1
    return total, l


print(length_changes([1, "grow", 3]))


class Prop:
    reads = 0

    @property
    def x(self):
        Prop.reads += 1
        return Prop.reads


p = Prop()
print(sum(p.x for _ in range(3)), [p.x + p.x for _ in range(2)], Prop.reads)
d = {"k": 1}


def dict_value():
    out = []
    for i in range(4):
        out.append(d["k"])
        if i == 1:
            d["k"] = "s"
        if i == 2:
            d.clear()
            d["k"] = None
    return out


print(dict_value())
s = Sneaky(cfg)
print([cfg.name if not s else (len(s), cfg.name) for _ in range(2)])
