# order, frozen, eq, repr, init, kw_only, slots, unsafe_hash and the field options.
from dataclasses import FrozenInstanceError, dataclass, field


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    name: str = field(default="", compare=False)


a, b = Version(1, 2, "x"), Version(1, 10, "y")
print(a < b, a <= b, a > b, sorted([b, a, Version(0)]), a == Version(1, 2, "other"), max(a, b).name)
try:
    a < 5
except TypeError as e:
    print(e)


@dataclass(frozen=True)
class Key:
    k: str
    n: int = 1


k = Key("a")
print({k: 1}[Key("a")], hash(k) == hash(Key("a")), k)
for f in (lambda: setattr(k, "n", 2), lambda: delattr(k, "k"), lambda: setattr(k, "new", 1)):
    try:
        f()
    except FrozenInstanceError as e:
        print(type(e).__name__, e, isinstance(e, AttributeError))


@dataclass(repr=False, eq=False)
class Bare:
    x: int


print(repr(Bare(1)).startswith("<__main__.Bare object at"), Bare(1) == Bare(1), hash(Bare(1)) is not None)


@dataclass(init=False)
class NoInit:
    x: int = 5

    def __init__(self, factor):
        self.x = factor * 10


print(NoInit(3), NoInit(0) == NoInit(0))


@dataclass(kw_only=True)
class Kw:
    a: int
    b: int = 2


print(Kw(a=1), Kw(b=3, a=0))
try:
    Kw(1)
except TypeError as e:
    print(e)


@dataclass(slots=True)
class Slotted:
    x: int
    y: int = 7


s = Slotted(1)
print(s, s.y, hasattr(s, "__dict__"))
try:
    s.z = 1
except AttributeError as e:
    print(e)


@dataclass(unsafe_hash=True)
class Hashed:
    x: int
    y: list = field(default_factory=list, hash=False, repr=False)


print(hash(Hashed(1)) == hash(Hashed(1, [2])), Hashed(1))


@dataclass
class Mixed:
    a: int
    hidden: int = field(default=0, repr=False)
    computed: int = field(init=False, default=9)
    c: int = field(default=3, kw_only=True)


m = Mixed(1, 2, c=5)
print(m, m.hidden, m.computed)
try:
    Mixed(1, 2, 3)
except TypeError as e:
    print(e)
try:
    field(default=1, default_factory=list)
except ValueError as e:
    print(e)
try:
    @dataclass(order=True, eq=False)
    class Wrong:
        x: int
except ValueError as e:
    print(e)
