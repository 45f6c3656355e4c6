# A tiny object store with descriptors, queries built by operators, and lazy results.
class Condition:
    def __init__(self, test, text):
        self.test, self.text = test, text

    def __and__(self, o):
        return Condition(lambda r: self.test(r) and o.test(r), f"({self.text} and {o.text})")

    def __or__(self, o):
        return Condition(lambda r: self.test(r) or o.test(r), f"({self.text} or {o.text})")

    def __invert__(self):
        return Condition(lambda r: not self.test(r), f"not {self.text}")


class Column:
    def __init__(self, kind, default=None, required=False):
        self.kind, self.default, self.required = kind, default, required

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner):
        return self if obj is None else obj._row.get(self.name, self.default)

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name}: {value!r} is not {self.kind.__name__}")
        obj._row[self.name] = value
        obj._dirty = True

    def _compare(op, symbol):
        def method(self, other):
            return Condition(lambda r: op(getattr(r, self.name), other), f"{self.name} {symbol} {other!r}")

        return method

    __eq__ = _compare(lambda a, b: a == b, "==")
    __lt__ = _compare(lambda a, b: a < b, "<")
    __gt__ = _compare(lambda a, b: a > b, ">")
    __ge__ = _compare(lambda a, b: a >= b, ">=")

    def __hash__(self):
        return hash(self.name)

    def within(self, *options):
        return Condition(lambda r: getattr(r, self.name) in options, f"{self.name} in {options}")


class Query:
    def __init__(self, model, conditions=(), order=None):
        self.model, self.conditions, self.order = model, conditions, order

    def where(self, c):
        return Query(self.model, (*self.conditions, c), self.order)

    def by(self, column, reverse=False):
        return Query(self.model, self.conditions, (column.name, reverse))

    def __iter__(self):
        rows = (r for r in self.model.rows if all(c.test(r) for c in self.conditions))
        if self.order:
            name, rev = self.order
            rows = iter(sorted(rows, key=lambda r: getattr(r, name), reverse=rev))
        return rows

    def __len__(self):
        return sum(1 for _ in self)

    def __getitem__(self, i):
        return list(self)[i]

    def __str__(self):
        return f"{self.model.__name__} where {' and '.join(c.text for c in self.conditions)}"


class Model:
    def __init_subclass__(cls):
        cls.rows = []
        cls.columns = {n: c for base in reversed(cls.__mro__) for n, c in vars(base).items() if isinstance(c, Column)}

    def __init__(self, **kw):
        self._row, self._dirty = {}, False
        for name, value in kw.items():
            if name not in self.columns:
                raise TypeError(f"{type(self).__name__} has no column {name}")
            setattr(self, name, value)
        missing = [n for n, c in self.columns.items() if c.required and n not in kw]
        if missing:
            raise TypeError(f"missing {', '.join(missing)}")
        self.rows.append(self)

    @classmethod
    def query(cls):
        return Query(cls)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.columns)})"


class Item(Model):
    name = Column(str, required=True)
    qty = Column(int, 0)
    price = Column(float, 0.0)


class Perishable(Item):
    days = Column(int, 7)


Item(name="nut", qty=100, price=0.05)
Item(name="bolt", qty=40, price=0.12)
Item(name="gear", price=12.5)
Perishable(name="milk", qty=3, days=2)
q = Item.query().where((Item.qty > 10) & (Item.price < 0.1) | (Item.name == "gear"))
print(q, list(q), len(q))
print(Item.query().by(Item.price, reverse=True)[0].name, [r.name for r in Item.query().where(~Item.name.within("nut", "gear"))], Perishable.query()[0], Item.columns.keys(), Perishable.rows[0].days)
g = q[1]
g.qty = 5
print(g, g._dirty, Item.query().where(Item.qty >= 5).by(Item.qty)[0].name)
for bad in (lambda: Item(), lambda: Item(name=5), lambda: Item(name="x", size=1), lambda: setattr(g, "qty", "many"), lambda: q[10]):
    try:
        bad()
    except (TypeError, IndexError) as e:
        print(type(e).__name__, e)
