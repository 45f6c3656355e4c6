# fields, asdict, astuple, replace, is_dataclass.
from dataclasses import MISSING, asdict, astuple, dataclass, field, fields, is_dataclass, replace


@dataclass
class Address:
    street: str
    zip: int = 0


@dataclass
class Person:
    name: str
    address: Address
    nick: list = field(default_factory=list, metadata={"doc": "nicknames"})
    age: int = field(default=30, repr=False)


p = Person("Ann", Address("Main St", 12345), ["A"])
d = asdict(p)
print(d, astuple(p))
d["address"]["street"] = "changed"
d["nick"].append("copied")
print(p)
print([(f.name, f.type.__name__, f.default is MISSING, f.repr) for f in fields(p)], fields(Person)[2].metadata["doc"], fields(p)[3].default)
q = replace(p, name="Bob", age=31)
print(q, q.age, q.address is p.address, is_dataclass(p), is_dataclass(Person), is_dataclass(5), is_dataclass(int))
for f in (lambda: asdict(5), lambda: fields(5), lambda: replace(5), lambda: replace(p, nope=1), lambda: asdict(Person)):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(asdict(Person("C", Address("x"), [Address("in list")]))["nick"], astuple(Address("t")), asdict(Address("u"), dict_factory=lambda items: sorted(items)))


@dataclass
class Counter:
    total = 0
    n: int = 0

    def __post_init__(self):
        Counter.total += self.n


Counter(2), Counter(3)
print(Counter.total, sorted([Address("b"), Address("a")], key=lambda a: a.street), Address("z") in [Address("z")], {a.street: a for a in [Address("k")]})
print(repr(fields(Address)[1].name), Address.__init__.__annotations__ if False else "", Address.__name__, Address("s").__dict__)
