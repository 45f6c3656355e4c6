"""Type hints for programs that only write them: names that can be subscripted and shown, and the few functions with an
effect of their own (`cast`, `NewType`, `TypeVar`, `Generic`, `Protocol`).

Nothing here evaluates or checks a hint. Typed named tuples and `get_type_hints` are not supplied.
"""

__all__ = [
    "Any",
    "AnyStr",
    "Callable",
    "ClassVar",
    "Dict",
    "Final",
    "FrozenSet",
    "Generator",
    "Generic",
    "Hashable",
    "Iterable",
    "Iterator",
    "List",
    "Literal",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "NewType",
    "NoReturn",
    "Optional",
    "Protocol",
    "Self",
    "Sequence",
    "Set",
    "Sized",
    "TYPE_CHECKING",
    "Text",
    "Tuple",
    "Type",
    "TypeAlias",
    "TypeVar",
    "Union",
    "cast",
    "final",
    "no_type_check",
    "overload",
    "override",
    "runtime_checkable",
]

TYPE_CHECKING = False
Text = str


def _show(item):
    if isinstance(item, type) and type(item) is type:
        if item.__module__ == "builtins":
            return item.__qualname__
        return f"{item.__module__}.{item.__qualname__}"
    if item is ...:
        return "..."
    if isinstance(item, list):
        return "[" + ", ".join([_show(part) for part in item]) + "]"
    if isinstance(item, str):
        return f"ForwardRef({item!r})"
    return repr(item)


class _Hint:
    """What all hints can do: be combined with `|`, and be refused as a class."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Alias(_Hint):
    """A subscripted form: `List[int]`."""

    def __init__(self, origin, name, args):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name

    def __repr__(self):
        args = self.__args__
        if self._name == "Callable" and len(args) > 1:
            inside = "..., " if args[0] is ... else "[" + ", ".join([_show(arg) for arg in args[:-1]]) + "], "
            return f"typing.Callable[{inside}{_show(args[-1])}]"
        if self._name == "Optional":
            none = type(None)
            return f"typing.Optional[{_show([arg for arg in args if arg is not none][0])}]"
        if self._name == "Literal":
            return "typing.Literal[" + ", ".join([repr(arg) for arg in args]) + "]"
        return f"typing.{self._name}[" + (", ".join([_show(arg) for arg in args]) or "()") + "]"

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        if self._name in ("Union", "Optional") and other._name in ("Union", "Optional"):
            return set(self.__args__) == set(other.__args__)
        return (self._name, self.__args__) == (other._name, other.__args__)

    def __hash__(self):
        if self._name in ("Union", "Optional"):
            return hash(frozenset(self.__args__))
        return hash((self._name, self.__args__))

    def __getitem__(self, args):
        # Substitution of type variables changes nothing that can be seen but the text.
        return _Alias(self.__origin__, self._name, args if isinstance(args, tuple) else (args,))

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate typing.{self._name}")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if isinstance(self.__origin__, type) else ()


class _Form(_Hint):
    """A name that is not a class: `Any`, `Optional`, `List`."""

    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self._name == "Callable" and isinstance(args[0], list):
            args = tuple(args[0]) + args[1:]
        return _Alias(self.__origin__, self._name, args)

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate {self!r}")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if isinstance(self.__origin__, type) else ()


def _flatten(args):
    """The members of a union, unions among them opened, each once, `None` as its type."""
    members = []
    for arg in args:
        if arg is None:
            arg = type(None)
        parts = arg.__args__ if isinstance(arg, _Alias) and arg._name in ("Union", "Optional") else (arg,)
        for part in parts:
            if part not in members:
                members.append(part)
    return tuple(members)


def _union(members):
    if len(members) == 1:
        return members[0]
    none = type(None)
    if len(members) == 2 and none in members:
        return _Alias(None, "Optional", members)
    return _Alias(None, "Union", members)


class _UnionForm(_Form):
    def __getitem__(self, args):
        return _union(_flatten(args if isinstance(args, tuple) else (args,)))


class _OptionalForm(_Form):
    def __getitem__(self, arg):
        return _union(_flatten((arg, None)))


Any = _Form("Any")
Callable = _Form("Callable")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Literal = _Form("Literal")
Never = _Form("Never")
NoReturn = _Form("NoReturn")
Optional = _OptionalForm("Optional")
Self = _Form("Self")
TypeAlias = _Form("TypeAlias")
Union = _UnionForm("Union")

Dict = _Form("Dict", dict)
FrozenSet = _Form("FrozenSet", frozenset)
List = _Form("List", list)
Set = _Form("Set", set)
Tuple = _Form("Tuple", tuple)
Type = _Form("Type", type)

Collection = _Form("Collection")
Container = _Form("Container")
Generator = _Form("Generator")
Hashable = _Form("Hashable")
Iterable = _Form("Iterable")
Iterator = _Form("Iterator")
Mapping = _Form("Mapping")
MutableMapping = _Form("MutableMapping")
MutableSequence = _Form("MutableSequence")
Sequence = _Form("Sequence")
Sized = _Form("Sized")


class TypeVar(_Hint):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __repr__(self):
        if self.__covariant__:
            return "+" + self.__name__
        if self.__contravariant__:
            return "-" + self.__name__
        return "~" + self.__name__


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    def __class_getitem__(cls, args):
        # A base class `Generic[T]` is `Generic`; `Box[int]` is only ever shown or called.
        return _GenericAlias(cls, args if isinstance(args, tuple) else (args,))


class _GenericAlias(_Alias):
    def __init__(self, origin, args):
        super().__init__(origin, origin.__qualname__, args)

    def __repr__(self):
        return _show(self.__origin__) + "[" + ", ".join([_show(arg) for arg in self.__args__]) + "]"


class Protocol(Generic):
    pass


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, value, /):
        return value

    def __repr__(self):
        return f"{__name__}.{self.__qualname__}"


def cast(typ, val):
    """Return the value unchanged."""
    return val


def final(f):
    return f


def override(method, /):
    return method


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed."
    )


def overload(func):
    return _overload_dummy
