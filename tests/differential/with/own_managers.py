# Context managers as programs write them: transactions, timers, generators as managers, redirects.
class contextmanager:
    def __init__(self, f):
        self.f = f

    def __call__(self, *args, **kw):
        return Manager(self.f(*args, **kw))


class Manager:
    def __init__(self, gen):
        self.gen = gen

    def __enter__(self):
        return next(self.gen)

    def __exit__(self, kind, value, tb):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as e:
            return e is not value
        except BaseException as e:
            if e is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


@contextmanager
def tag(name, out):
    out.append(f"<{name}>")
    try:
        yield out
    finally:
        out.append(f"</{name}>")


@contextmanager
def suppress(*kinds):
    try:
        yield
    except kinds as e:
        print("suppressed", type(e).__name__)


out = []
with tag("a", out) as o, tag("b", out):
    o.append("text")
print("".join(out))
with suppress(KeyError, IndexError):
    [][0]
try:
    with suppress(KeyError):
        int("x")
except ValueError as e:
    print("through", e)
try:
    with tag("c", out):
        raise KeyError("inside tag")
except KeyError:
    print(out[-1])


class Transaction:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        self.saved = dict(self.data)
        return self.data

    def __exit__(self, kind, value, tb):
        if kind:
            self.data.clear()
            self.data.update(self.saved)
        return kind is not None and issubclass(kind, ValueError)


db = {"a": 1}
with Transaction(db) as t:
    t["b"] = 2
with Transaction(db) as t:
    t["c"] = 3
    raise ValueError("roll back")
print(db)


class Indent:
    depth = 0

    def __enter__(self):
        Indent.depth += 1
        return self

    def __exit__(self, *a):
        Indent.depth -= 1

    def line(self, text):
        print("  " * self.depth + text)


ind = Indent()
with ind:
    ind.line("one")
    with ind as i2:
        i2.line("two")
    ind.line("one again")
print(Indent.depth)


class ExitStack:
    def __init__(self):
        self.stack = []

    def enter(self, m):
        v = m.__enter__()
        self.stack.append(m)
        return v

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        while self.stack:
            if self.stack.pop().__exit__(*exc):
                exc = (None, None, None)
        return exc[0] is None


log = []
with ExitStack() as st:
    for n in "xyz":
        st.enter(tag(n, log))
print(log)
