# Hindley-Milner inference for a small lambda calculus.
class TypeErr(Exception):
    pass


class TVar:
    n = 0

    def __init__(self):
        TVar.n += 1
        self.id, self.ref = TVar.n, None


class TCon:
    def __init__(self, name, *args):
        self.name, self.args = name, args


INT, BOOL = TCon("int"), TCon("bool")


def fn(a, b):
    return TCon("->", a, b)


def prune(t):
    while isinstance(t, TVar) and t.ref is not None:
        t = t.ref
    return t


def occurs(v, t):
    t = prune(t)
    return t is v or isinstance(t, TCon) and any(occurs(v, a) for a in t.args)


def unify(a, b):
    a, b = prune(a), prune(b)
    if a is b:
        return
    if isinstance(a, TVar):
        if occurs(a, b):
            raise TypeErr("infinite type")
        a.ref = b
    elif isinstance(b, TVar):
        unify(b, a)
    elif a.name != b.name or len(a.args) != len(b.args):
        raise TypeErr(f"{show(a)} is not {show(b)}")
    else:
        for x, y in zip(a.args, b.args):
            unify(x, y)


def show(t, names=None):
    names = {} if names is None else names
    t = prune(t)
    if isinstance(t, TVar):
        return names.setdefault(t, chr(97 + len(names)))
    if t.name == "->":
        left = show(t.args[0], names)
        if isinstance(prune(t.args[0]), TCon) and prune(t.args[0]).name == "->":
            left = f"({left})"
        return f"{left} -> {show(t.args[1], names)}"
    return " ".join([t.name, *(show(a, names) for a in t.args)])


def fresh(t, keep, mapping):
    t = prune(t)
    if isinstance(t, TVar):
        return t if t in keep else mapping.setdefault(t, TVar())
    return TCon(t.name, *(fresh(a, keep, mapping) for a in t.args))


def free(t):
    t = prune(t)
    return {t} if isinstance(t, TVar) else set().union(*map(free, t.args))


def infer(e, env, mono=frozenset()):
    kind = e[0]
    if kind == "int":
        return INT
    if kind == "bool":
        return BOOL
    if kind == "var":
        if e[1] not in env:
            raise TypeErr(f"unbound {e[1]}")
        return fresh(env[e[1]], {v for m in mono for v in free(m)}, {})
    if kind == "lam":
        a = TVar()
        return fn(a, infer(e[2], {**env, e[1]: a}, mono | {a}))
    if kind == "app":
        f, x, r = infer(e[1], env, mono), infer(e[2], env, mono), TVar()
        unify(f, fn(x, r))
        return r
    if kind == "let":
        return infer(e[3], {**env, e[1]: infer(e[2], env, mono)}, mono)
    if kind == "if":
        unify(infer(e[1], env, mono), BOOL)
        t = infer(e[2], env, mono)
        unify(t, infer(e[3], env, mono))
        return t
    raise AssertionError(kind)


def V(n):
    return ("var", n)


def A(f, *xs):
    for x in xs:
        f = ("app", f, x)
    return f


def L(*names_and_body):
    *names, body = names_and_body
    for n in reversed(names):
        body = ("lam", n, body)
    return body


I = lambda v: ("int", v)
env = {"add": fn(INT, fn(INT, INT)), "lt": fn(INT, fn(INT, BOOL)), "nil": TCon("list", TVar())}
a = TVar()
env["cons"] = fn(a, fn(TCon("list", a), TCon("list", a)))
TESTS = {
    "id": L("x", V("x")), "const": L("x", "y", V("x")), "compose": L("f", "g", "x", A(V("f"), A(V("g"), V("x")))),
    "s": L("x", "y", "z", A(V("x"), V("z"), A(V("y"), V("z")))), "inc": A(V("add"), I(1)), "app": A(L("x", V("x")), I(5)),
    "poly": ("let", "id", L("x", V("x")), ("if", A(V("id"), ("bool", True)), A(V("id"), I(1)), I(2))),
    "list": A(V("cons"), I(1), V("nil")), "self": L("x", A(V("x"), V("x"))), "bad if": ("if", I(1), I(2), I(3)),
    "branches": ("if", ("bool", 1), I(2), ("bool", 0)), "bad add": A(V("add"), ("bool", 1)), "not a function": A(I(1), I(2)),
    "unbound": V("nope"), "mono": L("f", ("if", A(V("f"), ("bool", 1)), A(V("f"), I(1)), I(2))), "mixed list": A(V("cons"), I(1), A(V("cons"), ("bool", 1), V("nil"))),
}
for name, e in TESTS.items():
    try:
        print(f"{name:<15} {show(infer(e, env))}")
    except TypeErr as err:
        print(f"{name:<15} ! {err}")
