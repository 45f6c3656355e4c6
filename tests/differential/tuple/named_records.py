# Records as tuples, as a hand-made named tuple, and as dict rows: sorting, grouping, unpacking.
def record(name, fields):
    names = fields.split()

    def new(cls, *args, **kw):
        if len(args) > len(names):
            raise TypeError(f"{name} takes {len(names)} fields, got {len(args)}")
        values = dict(zip(names, args))
        for k, v in kw.items():
            if k in values or k not in names:
                raise TypeError(f"{name}: unexpected {k!r}")
            values[k] = v
        missing = [n for n in names if n not in values]
        if missing:
            raise TypeError(f"{name}: missing {', '.join(missing)}")
        return tuple.__new__(cls, [values[n] for n in names])

    ns = {n: property(lambda self, i=i: self[i]) for i, n in enumerate(names)}
    ns.update(__new__=new, _fields=tuple(names), __slots__=())
    ns["__repr__"] = lambda self: f"{name}({', '.join(f'{n}={v!r}' for n, v in zip(names, self))})"
    ns["replace"] = lambda self, **kw: type(self)(**{**dict(zip(names, self)), **kw})
    ns["asdict"] = lambda self: dict(zip(names, self))
    return type(name, (tuple,), ns)


Point = record("Point", "x y")
Person = record("Person", "name age city")
p = Point(1, y=2)
x, y = p
print(p, p.x, p[1], x + y, p == (1, 2), p.replace(x=5), p.asdict(), Point._fields, p < Point(1, 3), {p: 1}[1, 2], len(p), [*p], hash(p) == hash((1, 2)), isinstance(p, tuple))
for bad in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: Point(1, z=2), lambda: setattr(p, "x", 1), lambda: p.z, lambda: p[2]):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, str(e).replace("property 'x'", "property").split(" of ")[0])
people = [Person(*r) for r in (("Ann", 31, "Rome"), ("Bob", 25, "Oslo"), ("Cid", 31, "Oslo"), ("Dee", 19, "Rome"))]
groups = {}
for q in people:
    groups.setdefault(q.city, []).append(q.name)
print(groups, sorted(people, key=lambda q: (-q.age, q.name))[0], [n for n, *_ in sorted(people, key=lambda q: q.city)], max(people, key=lambda q: q.age).name, sum(q.age for q in people) / len(people))
for (name, age, _), i in zip(people, range(2)):
    print(i, name, age)
rows = [dict(zip(("a", "b"), t)) for t in ((1, 2), (3, 4))]
print(rows, [tuple(r.values()) for r in rows], list(zip(*[(1, "a"), (2, "b")])), dict([(1, 2)]), tuple(sorted({"b": 1, "a": 2}.items())), ((1, 2), 3)[0][1], (1,) + (2,) * 2, () == tuple([]), (1, (2, [3])), 1 in (1, 2))
