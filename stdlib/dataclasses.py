"""Dataclasses (PEP 557) without code generation at run time.

CPython writes the source of `__init__` and the other methods and passes it to `exec`. Here they are closures over the
fields: `__init__` binds its arguments itself, with the messages that a function of that signature would give.
"""

__all__ = [
    "dataclass",
    "field",
    "Field",
    "FrozenInstanceError",
    "InitVar",
    "KW_ONLY",
    "MISSING",
    "fields",
    "asdict",
    "astuple",
    "make_dataclass",
    "replace",
    "is_dataclass",
]


class FrozenInstanceError(AttributeError):
    pass


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type):
            name = self.type.__name__
        else:
            name = repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT = "__post_init__"
_MappingProxy = type(type.__dict__)


class Field:
    __slots__ = (
        "name",
        "type",
        "default",
        "default_factory",
        "repr",
        "hash",
        "init",
        "compare",
        "metadata",
        "kw_only",
        "_field_type",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _MappingProxy({} if metadata is None else metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return (
            "Field("
            f"name={self.name!r},"
            f"type={self.type!r},"
            f"default={self.default!r},"
            f"default_factory={self.default_factory!r},"
            f"init={self.init!r},"
            f"repr={self.repr!r},"
            f"hash={self.hash!r},"
            f"compare={self.compare!r},"
            f"metadata={self.metadata!r},"
            f"kw_only={self.kw_only!r},"
            f"_field_type={self._field_type}"
            ")"
        )

    def __set_name__(self, owner, name):
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            # The default may be a descriptor that wants to know its name.
            func(self.default, owner, name)


class _DataclassParams:
    __slots__ = (
        "init",
        "repr",
        "eq",
        "order",
        "unsafe_hash",
        "frozen",
        "match_args",
        "kw_only",
        "slots",
        "weakref_slot",
    )

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen
        self.match_args = match_args
        self.kw_only = kw_only
        self.slots = slots
        self.weakref_slot = weakref_slot

    def __repr__(self):
        values = ",".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"_DataclassParams({values})"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    """Return an object to identify dataclass fields."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# Reading the class body


def _named(annotation, name, module):
    """Whether an annotation in text form, bare or subscripted, is a name of a module."""
    text = annotation.strip()
    for prefix in (name, f"{module}.{name}"):
        if text == prefix or text.startswith(prefix + "["):
            return True
    return False


def _is_classvar(annotation):
    if isinstance(annotation, str):
        return _named(annotation, "ClassVar", "typing")
    text = repr(annotation)
    return text == "typing.ClassVar" or text.startswith("typing.ClassVar[")


def _is_initvar(annotation):
    if isinstance(annotation, str):
        return _named(annotation, "InitVar", "dataclasses")
    return annotation is InitVar or type(annotation) is InitVar


def _is_kw_only(annotation):
    if isinstance(annotation, str):
        return _named(annotation, "KW_ONLY", "dataclasses")
    return annotation is KW_ONLY


def _get_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        found = default
    else:
        if hasattr(type(default), "__get__") and type(default).__name__ == "member_descriptor":
            # A slot of this name is no default.
            default = MISSING
        found = field(default=default)
    found.name = name
    found.type = annotation
    found._field_type = _FIELD
    if _is_classvar(annotation):
        found._field_type = _FIELD_CLASSVAR
    elif _is_initvar(annotation):
        found._field_type = _FIELD_INITVAR
    if found._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR):
        if found.default_factory is not MISSING:
            raise TypeError(f"field {name} cannot have a default factory")
    if found._field_type in (_FIELD, _FIELD_INITVAR):
        if found.kw_only is MISSING:
            found.kw_only = kw_only
    elif found.kw_only is not MISSING:
        raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    if found._field_type is _FIELD and found.default.__class__.__hash__ is None:
        raise ValueError(
            f"mutable default {type(found.default)} for field {name} is not allowed: use default_factory"
        )
    return found


# Making methods


def _named_method(cls, name, func):
    func.__name__ = name
    func.__qualname__ = f"{cls.__qualname__}.{name}"
    func.__module__ = cls.__module__
    return func


def _set_new_attribute(cls, name, value):
    if name in cls.__dict__:
        return True
    setattr(cls, name, _named_method(cls, name, value))
    return False


def _listed(names):
    names = [repr(name) for name in names]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return f"{names[0]} and {names[1]}"
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def _plural(count):
    return "" if count == 1 else "s"


def _make_binder(function, positional, keyword_only):
    """A function that binds `args` and `kwargs` as the interpreter would for a method with these fields as parameters.

    It returns the values in the order of the fields.
    """
    names = [f.name for f in positional]
    parameters = list(positional) + list(keyword_only)
    index = {f.name: at for at, f in enumerate(parameters)}
    most = len(names)
    required = sum(1 for f in positional if f.default is MISSING and f.default_factory is MISSING)

    def bind(args, kwargs):
        title = function[0].__qualname__
        values = list(args[:most])
        values += [MISSING] * (len(parameters) - len(values))
        given = min(len(args), most)
        for name, value in kwargs.items():
            at = index.get(name)
            if at is None:
                raise TypeError(f"{title}() got an unexpected keyword argument {name!r}")
            if at < given or values[at] is not MISSING:
                raise TypeError(f"{title}() got multiple values for argument {name!r}")
            values[at] = value
        if len(args) > most:
            takes = most + 1
            if required == most:
                expected = f"{takes} positional argument{_plural(takes)}"
            else:
                expected = f"from {required + 1} to {takes} positional arguments"
            keywords = sum(1 for at in range(most, len(parameters)) if values[at] is not MISSING)
            count = len(args) + 1
            if keywords:
                got = (
                    f"{count} positional argument{_plural(count)} "
                    f"(and {keywords} keyword-only argument{_plural(keywords)}) were"
                )
            else:
                got = f"{count} {'was' if count == 1 else 'were'}"
            raise TypeError(f"{title}() takes {expected} but {got} given")
        missing = [
            f.name
            for f, value in zip(positional, values)
            if value is MISSING and f.default is MISSING and f.default_factory is MISSING
        ]
        kind = "positional"
        if not missing:
            kind = "keyword-only"
            missing = [
                f.name
                for f, value in zip(keyword_only, values[most:])
                if value is MISSING and f.default is MISSING and f.default_factory is MISSING
            ]
        if missing:
            count = len(missing)
            raise TypeError(f"{title}() missing {count} required {kind} argument{_plural(count)}: {_listed(missing)}")
        for at, f in enumerate(parameters):
            if values[at] is MISSING:
                values[at] = f.default if f.default_factory is MISSING else f.default_factory()
        return values

    return bind


def _init_function(cls, fields, positional, keyword_only, frozen):
    seen_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    function = []
    bind = _make_binder(function, positional, keyword_only)
    count = len(positional)
    assign = object.__setattr__ if frozen else setattr
    names = [f.name for f in positional]
    has_post_init = hasattr(cls, _POST_INIT)
    simple = (
        not keyword_only
        and not has_post_init
        and len(positional) == len(fields)
        and all(f._field_type is _FIELD for f in fields)
    )
    if simple:

        def __init__(self, *args, **kwargs):
            if kwargs or len(args) != count:
                args = bind(args, kwargs)
            for name, value in zip(names, args):
                assign(self, name, value)

    else:
        order = {f.name: at for at, f in enumerate(list(positional) + list(keyword_only))}

        def __init__(self, *args, **kwargs):
            values = bind(args, kwargs)
            extra = []
            for f in fields:
                at = order.get(f.name)
                if f._field_type is _FIELD_INITVAR:
                    extra.append(values[at] if at is not None else f.default)
                elif at is not None:
                    assign(self, f.name, values[at])
                elif f.default_factory is not MISSING:
                    assign(self, f.name, f.default_factory())
                elif f.default is not MISSING and "__slots__" in type(self).__dict__:
                    # Without slots the class attribute is the value.
                    assign(self, f.name, f.default)
            if has_post_init:
                self.__post_init__(*extra)

    function.append(__init__)
    annotations = {f.name: f.type.type if type(f.type) is InitVar else f.type for f in positional + keyword_only}
    annotations["return"] = None
    __init__.__annotations__ = annotations
    return __init__


def _repr_function(names):
    running = set()

    def __repr__(self):
        key = id(self)
        if key in running:
            return "..."
        running.add(key)
        try:
            inside = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
            return f"{self.__class__.__qualname__}({inside})"
        finally:
            running.discard(key)

    return __repr__


def _values(names):
    """A function from an instance to the tuple of its fields."""
    if len(names) == 1:
        (name,) = names
        return lambda self: (getattr(self, name),)
    return lambda self: tuple([getattr(self, name) for name in names])


def _eq_function(names):
    values = _values(names)

    def __eq__(self, other):
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return __eq__


def _order_functions(names):
    values = _values(names)

    def __lt__(self, other):
        if other.__class__ is self.__class__:
            return values(self) < values(other)
        return NotImplemented

    def __le__(self, other):
        if other.__class__ is self.__class__:
            return values(self) <= values(other)
        return NotImplemented

    def __gt__(self, other):
        if other.__class__ is self.__class__:
            return values(self) > values(other)
        return NotImplemented

    def __ge__(self, other):
        if other.__class__ is self.__class__:
            return values(self) >= values(other)
        return NotImplemented

    return [("__lt__", __lt__), ("__le__", __le__), ("__gt__", __gt__), ("__ge__", __ge__)]


def _hash_function(names):
    values = _values(names)

    def __hash__(self):
        return hash(values(self))

    return __hash__


def _frozen_functions(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return [("__setattr__", __setattr__), ("__delattr__", __delattr__)]


def _annotation_text(annotation):
    if isinstance(annotation, type) and type(annotation) is type:
        if annotation.__module__ == "builtins":
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation).replace("typing.", "") if not isinstance(annotation, str) else repr(annotation)


def _signature_text(positional, keyword_only):
    def parameter(f):
        annotation = f.type.type if type(f.type) is InitVar else f.type
        text = f"{f.name}: {_annotation_text(annotation)}"
        if f.default is not MISSING:
            return f"{text} = {f.default!r}"
        if f.default_factory is not MISSING:
            return f"{text} = <factory>"
        return text

    parts = [parameter(f) for f in positional]
    if keyword_only:
        parts.append("*")
        parts += [parameter(f) for f in keyword_only]
    return "(" + ", ".join(parts) + ")"


def _add_slots(cls, is_frozen, weakref_slot):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    members = dict(cls.__dict__)
    names = tuple(f.name for f in fields(cls))
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    slots = [name for name in names if name not in inherited]
    if weakref_slot and "__weakref__" not in inherited:
        slots.append("__weakref__")
    members["__slots__"] = tuple(slots)
    for name in names:
        members.pop(name, None)
    members.pop("__dict__", None)
    members.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    cls = type(cls)(cls.__name__, cls.__bases__, members)
    if qualname is not None:
        cls.__qualname__ = qualname
    if is_frozen:
        if "__getstate__" not in members:
            cls.__getstate__ = _dataclass_getstate
        if "__setstate__" not in members:
            cls.__setstate__ = _dataclass_setstate
    return cls


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _process_class(
    cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot
):
    found = {}
    any_frozen_base = False
    has_dataclass_bases = False
    all_frozen_bases = None
    for base in cls.__mro__[-1:0:-1]:
        base_fields = getattr(base, _FIELDS, None)
        if base_fields is not None:
            has_dataclass_bases = True
            for f in base_fields.values():
                found[f.name] = f
            if all_frozen_bases is None:
                all_frozen_bases = True
            current = getattr(base, _PARAMS).frozen
            all_frozen_bases = all_frozen_bases and current
            any_frozen_base = any_frozen_base or current

    annotations = cls.__dict__.get("__annotations__", {})
    own = []
    kw_only_seen = False
    for name, annotation in annotations.items():
        if _is_kw_only(annotation):
            if kw_only_seen:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            kw_only_seen = True
            kw_only = True
        else:
            own.append(_get_field(cls, name, annotation, kw_only))
    for f in own:
        found[f.name] = f
        if isinstance(cls.__dict__.get(f.name), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")

    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if all_frozen_bases is False and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")

    setattr(cls, _FIELDS, found)
    params = _DataclassParams(
        init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot
    )
    setattr(cls, _PARAMS, params)

    # `__eq__` in a class body sets `__hash__` to None; that does not count as a hash of its own.
    class_hash = cls.__dict__.get("__hash__", MISSING)
    has_explicit_hash = not (class_hash is MISSING or (class_hash is None and "__eq__" in cls.__dict__))

    if order and not eq:
        raise ValueError("eq must be true if order is true")

    arguments = [f for f in found.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    positional = [f for f in arguments if f.init and not f.kw_only]
    keyword_only = [f for f in arguments if f.init and f.kw_only]
    if init:
        function = _init_function(cls, arguments, positional, keyword_only, frozen)
        _set_new_attribute(cls, "__init__", function)

    instance_fields = [f for f in found.values() if f._field_type is _FIELD]
    if repr:
        _set_new_attribute(cls, "__repr__", _repr_function([f.name for f in instance_fields if f.repr]))
    compared = [f.name for f in instance_fields if f.compare]
    if eq:
        _set_new_attribute(cls, "__eq__", _eq_function(compared))
    if order:
        for name, function in _order_functions(compared):
            if _set_new_attribute(cls, name, function):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                    "Consider using functools.total_ordering"
                )
    if frozen:
        for name, function in _frozen_functions(cls, [f.name for f in instance_fields]):
            if _set_new_attribute(cls, name, function):
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}")

    hashed = [f.name for f in instance_fields if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash:
        if has_explicit_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        cls.__hash__ = _named_method(cls, "__hash__", _hash_function(hashed))
    elif eq and not has_explicit_hash:
        if frozen:
            cls.__hash__ = _named_method(cls, "__hash__", _hash_function(hashed))
        else:
            cls.__hash__ = None

    if not getattr(cls, "__doc__"):
        if "__init__" in cls.__dict__ and init:
            cls.__doc__ = cls.__name__ + _signature_text(positional, keyword_only)
        else:
            cls.__doc__ = cls.__name__
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in positional)
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    return cls


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    """Add dunder methods based on the fields defined in the class."""

    def wrap(cls):
        return _process_class(
            cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot
        )

    if cls is None:
        return wrap
    return wrap(cls)


# Looking at dataclasses


def fields(class_or_instance):
    """Return a tuple describing the fields of this dataclass."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Returns True if obj is a dataclass or an instance of a dataclass."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a new dictionary mapping field names to field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _asdict_inner(obj, dict_factory)


def _asdict_inner(obj, dict_factory):
    if hasattr(type(obj), _FIELDS):
        return dict_factory([(f.name, _asdict_inner(getattr(obj, f.name), dict_factory)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_asdict_inner(item, dict_factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_asdict_inner(item, dict_factory) for item in obj])
    if isinstance(obj, dict):
        return type(obj)(
            [(_asdict_inner(key, dict_factory), _asdict_inner(value, dict_factory)) for key, value in obj.items()]
        )
    return _copy(obj)


def astuple(obj, *, tuple_factory=tuple):
    """Return the fields of a dataclass instance as a new tuple of field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _astuple_inner(obj, tuple_factory)


def _astuple_inner(obj, tuple_factory):
    if hasattr(type(obj), _FIELDS):
        return tuple_factory([_astuple_inner(getattr(obj, f.name), tuple_factory) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_astuple_inner(item, tuple_factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_astuple_inner(item, tuple_factory) for item in obj])
    if isinstance(obj, dict):
        return type(obj)(
            [(_astuple_inner(key, tuple_factory), _astuple_inner(value, tuple_factory)) for key, value in obj.items()]
        )
    return _copy(obj)


def _copy(obj):
    """What copy.deepcopy does, for the containers that are left and classes that say how."""
    if isinstance(obj, (set, frozenset)):
        return type(obj)([_copy(item) for item in obj])
    deepcopy = getattr(obj, "__deepcopy__", None)
    if deepcopy is not None and not isinstance(obj, type):
        return deepcopy({})
    return obj


def make_dataclass(
    cls_name,
    fields,
    *,
    bases=(),
    namespace=None,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
    module=None,
):
    """Return a new dynamically created dataclass."""
    members = {} if namespace is None else dict(namespace)
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name = item
            annotation = "typing.Any"
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, default = item
            defaults[name] = default
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
    members.update(defaults)
    members["__annotations__"] = annotations
    cls = type(cls_name, bases, members)
    if module is not None:
        cls.__module__ = module
    return dataclass(
        cls,
        init=init,
        repr=repr,
        eq=eq,
        order=order,
        unsafe_hash=unsafe_hash,
        frozen=frozen,
        match_args=match_args,
        kw_only=kw_only,
        slots=slots,
        weakref_slot=weakref_slot,
    )


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(
                    f"field {f.name} is declared with init=False, it cannot be specified with replace()"
                )
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
