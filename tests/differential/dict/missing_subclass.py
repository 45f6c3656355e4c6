# A subclass of dict: __missing__, overridden access, and what bypasses it.
class Default(dict):
    def __missing__(self, key):
        print("missing", key)
        value = self[key] = len(self)
        return value


class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.upper())

    def __contains__(self, key):
        return super().__contains__(key.upper())


d = Default()
print(d["a"], d["b"], d["a"], d.get("zz"), "zz" in d, d, len(d))
print(isinstance(d, dict), type(d).__name__, d == {"a": 0, "b": 1}, dict(d), type(d.copy()).__name__)
u = Upper(first=1)
u["second"] = 2
print(u, u["SECOND"], "second" in u, u.get("second"), list(u))
u.update(third=3)
print(u)
try:
    u["nope"]
except KeyError as e:
    print("KeyError", e)
d.extra = "attribute"
print(d.extra, d.__dict__)


class Counter(dict):
    def __init__(self, items=()):
        super().__init__()
        for item in items:
            self[item] = self.get(item, 0) + 1

    def most(self, n):
        return sorted(self.items(), key=lambda kv: (-kv[1], kv[0]))[:n]


print(Counter("mississippi").most(2), Counter([1, 1, 2]))
