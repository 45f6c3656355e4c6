# Templates compiled to closures: variables with filters, loops, conditions, includes.
class TemplateError(Exception):
    pass


FILTERS = {
    "upper": str.upper, "title": str.title, "len": len, "join": ", ".join, "money": lambda v: f"{v:,.2f}",
    "default": lambda v, d: v or d, "first": lambda v: v[0], "pad": lambda v, n: str(v).rjust(int(n)),
}


def tokens(text):
    while text:
        at = text.find("{")
        while at != -1 and text[at + 1 : at + 2] not in ("{", "%"):
            at = text.find("{", at + 1)
        if at == -1:
            yield "text", text
            return
        if at:
            yield "text", text[:at]
        close = "}}" if text[at + 1] == "{" else "%}"
        end = text.find(close, at)
        if end == -1:
            raise TemplateError(f"missing {close} after {text[at:at + 10]!r}")
        yield "var" if close == "}}" else "tag", text[at + 2 : end].strip()
        text = text[end + 2 :]


def lookup(path, ctx):
    value = ctx
    for part in path.split("."):
        try:
            value = value[part]
        except (KeyError, TypeError):
            if hasattr(value, part):
                value = getattr(value, part)
                value = value() if callable(value) else value
            else:
                raise TemplateError(f"no {part!r} in {path!r}") from None
    return value


def expression(text):
    head, *filters = [p.strip() for p in text.split("|")]
    calls = []
    for f in filters:
        name, _, arg = f.partition(":")
        if name not in FILTERS:
            raise TemplateError(f"no filter {name!r}")
        calls.append((FILTERS[name], [arg] if arg else []))

    def run(ctx):
        v = head[1:-1] if head[0] in "'\"" else int(head) if head.isdigit() else lookup(head, ctx)
        for f, args in calls:
            v = f(v, *args)
        return v

    return run


def block(toks, until=()):
    parts = []
    for kind, text in toks:
        if kind == "text":
            parts.append(lambda ctx, text=text: text)
        elif kind == "var":
            e = expression(text)
            parts.append(lambda ctx, e=e: str(e(ctx)))
        else:
            word, *rest = text.split()
            if word in until:
                return parts, word
            if word == "for":
                name, _, source = rest[0], rest[1], expression(" ".join(rest[2:]))
                body, end = block(toks, ("endfor", "empty"))
                other = block(toks, ("endfor",))[0] if end == "empty" else []

                def loop(ctx, name=name, source=source, body=body, other=other):
                    items = list(source(ctx))
                    out = []
                    for i, item in enumerate(items, 1):
                        inner = {**ctx, name: item, "loop": {"index": i, "last": i == len(items)}}
                        out += [p(inner) for p in body]
                    return "".join(out or [p(ctx) for p in other])

                parts.append(loop)
            elif word == "if":
                negate = rest[0] == "not"
                test = expression(" ".join(rest[negate:]))
                yes, end = block(toks, ("else", "endif"))
                no = block(toks, ("endif",))[0] if end == "else" else []
                parts.append(lambda ctx, test=test, yes=yes, no=no, negate=negate: "".join(p(ctx) for p in (yes if bool(test(ctx)) != negate else no)))
            else:
                raise TemplateError(f"unknown tag {word!r}")
    if until:
        raise TemplateError(f"missing {until[0]}")
    return parts, None


class Template:
    def __init__(self, text):
        self.parts, _ = block(iter(list(tokens(text))))

    def render(self, **ctx):
        return "".join(p(ctx) for p in self.parts)


class User:
    def __init__(self, name, admin=False):
        self.name, self.admin = name, admin

    def shout(self):
        return self.name.upper() + "!"


t = Template("""Hello {{ user.name|title }}{% if user.admin %} (admin){% endif %}!
{% for o in orders %}{{ loop.index|pad:3 }}. {{ o.item }}: {{ o.price|money }}{% if not loop.last %};
{% endif %}{% empty %}nothing{% endfor %}
{ literal } {{ user.shout }} {{ tags|join }} {{ nick|default:anon }} {{ 'quoted'|upper }} {{ 5 }} {{ tags|first|upper|len }}""")
print(t.render(user=User("ann lee", True), orders=[{"item": "tea", "price": 3.5}, {"item": "gold", "price": 12345}], tags=["a", "b"], nick=""))
print(t.render(user=User("bob"), orders=[], tags=["zz"], nick="b"))
for bad in ("{{ x", "{% for a in b %}", "{% if x %}{% else %}", "{{ x|nope }}", "{% what %}", "{{ missing.deep }}", "{{ x.y.z }}"):
    try:
        print(Template(bad).render(x={"y": {}}))
    except TemplateError as e:
        print(repr(bad), "->", e)
