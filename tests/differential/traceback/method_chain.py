# Methods, constructors, properties and comprehensions in the stack.
class Loader:
    def __init__(self, rows):
        self.rows = [self.convert(r) for r in rows]

    def convert(self, row):
        return {k: int(v) for k, v in row.items()}

    @property
    def first(self):
        return self.rows[10]


print(len(Loader([{"a": "1"}]).rows))
try:
    Loader([{"a": "1"}]).first
except IndexError as e:
    print(e)
Loader([{"a": "1"}, {"b": "x2"}])
