# Errors in functions that builtins call: sort keys, map, comprehension conditions, hooks.
class Item:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.compare(other)

    def compare(self, other):
        return self.v < other.v


def key(x):
    return 10 // x


try:
    sorted([Item(1), Item("a")])
except TypeError as e:
    print(e)
try:
    list(map(key, [1, 0]))
except ZeroDivisionError as e:
    print(e)
try:
    print(f"{Item(1):>{'x'}}")
except (TypeError, ValueError) as e:
    print(e)
values = [5, 2, 0]
print(max(values, key=lambda v: v * 2))
values.sort(key=lambda v: key(v))
