# Terms, unification and a tiny Prolog with backtracking generators.
class Var:
    count = 0

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


class Term:
    def __init__(self, name, *args):
        self.name, self.args = name, args

    def __repr__(self):
        return f"{self.name}({', '.join(map(repr, self.args))})" if self.args else self.name


def walk(t, s):
    while isinstance(t, Var) and t in s:
        t = s[t]
    return t


def unify(a, b, s):
    a, b = walk(a, s), walk(b, s)
    if a is b:
        return s
    if isinstance(a, Var):
        return {**s, a: b}
    if isinstance(b, Var):
        return {**s, b: a}
    if a.name != b.name or len(a.args) != len(b.args):
        return None
    for x, y in zip(a.args, b.args):
        s = unify(x, y, s)
        if s is None:
            return None
    return s


def resolve(t, s):
    t = walk(t, s)
    return t if isinstance(t, Var) else Term(t.name, *(resolve(a, s) for a in t.args))


def parse(text):
    text = text.strip()
    if "(" not in text:
        return Var(text) if text[0].isupper() else Term(text)
    name, _, rest = text.partition("(")
    args, depth, start = [], 0, 0
    rest = rest[:-1]
    for i, ch in enumerate(rest + ","):
        if ch == "," and depth == 0:
            args.append(parse(rest[start:i]))
            start = i + 1
        depth += (ch == "(") - (ch == ")")
    return Term(name, *args)


def rename(t, names):
    if isinstance(t, Var):
        if t.name not in names:
            Var.count += 1
            names[t.name] = Var(f"_{Var.count}")
        return names[t.name]
    return Term(t.name, *(rename(a, names) for a in t.args))


def split_goals(text):
    goals, depth, start = [], 0, 0
    for i, ch in enumerate(text + ","):
        if ch == "," and depth == 0:
            goals.append(text[start:i])
            start = i + 1
        depth += (ch == "(") - (ch == ")")
    return [parse(g) for g in goals]


def prove(goals, s, rules, depth=0):
    if not goals:
        yield s
        return
    if depth > 60:
        return
    first, *rest = goals
    for head, body in rules:
        names = {}
        if (s2 := unify(first, rename(head, names), s)) is not None:
            yield from prove([rename(b, names) for b in body] + rest, s2, rules, depth + 1)


def query(text, rules, limit=5):
    names = {}
    goals = [rename(g, names) for g in split_goals(text)]
    found = []
    for s in prove(goals, {}, rules):
        found.append({k: repr(resolve(v, s)) for k, v in names.items()} or True)
        if len(found) == limit:
            break
    return found or "no"


RULES = []
for line in """parent(tom,bob)
parent(tom,liz)
parent(bob,ann)
parent(bob,pat)
parent(pat,jim)
grand(X,Z) :- parent(X,Y),parent(Y,Z)
anc(X,Y) :- parent(X,Y)
anc(X,Z) :- parent(X,Y),anc(Y,Z)
append(nil,L,L)
append(c(H,T),L,c(H,R)) :- append(T,L,R)
add(z,N,N)
add(s(N),M,s(R)) :- add(N,M,R)""".splitlines():
    head, _, body = line.partition(":-")
    RULES.append((parse(head), split_goals(body.strip()) if body else []))
for q in ["parent(tom,X)", "grand(X,Y)", "anc(tom,jim)", "anc(X,jim)", "parent(ann,X)", "append(X,Y,c(a,c(b,nil)))", "add(s(s(z)),s(z),R)", "add(X,Y,s(s(z)))", "parent(X,Y),parent(Y,jim)"]:
    print(q, "->", query(q, RULES))
