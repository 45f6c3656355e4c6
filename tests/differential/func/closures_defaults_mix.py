# Decorators with state, partial application, currying, memoising methods.
def partial(f, *args, **kw):
    def call(*more, **extra):
        return f(*args, *more, **{**kw, **extra})

    call.func, call.args, call.keywords = f, args, kw
    return call


def curry(f, n):
    def step(args):
        return f(*args) if len(args) == n else lambda x: step((*args, x))

    return step(())


def flip(f):
    return lambda a, b, *rest: f(b, a, *rest)


def count_calls(f):
    def wrapper(*a, **k):
        wrapper.calls += 1
        return f(*a, **k)

    wrapper.calls = 0
    wrapper.__wrapped__ = f
    return wrapper


def validate(**checks):
    def deco(f):
        def wrapper(**kw):
            for name, ok in checks.items():
                if name not in kw:
                    raise TypeError(f"missing {name}")
                if not ok(kw[name]):
                    raise ValueError(f"bad {name}: {kw[name]!r}")
            return f(**kw)

        return wrapper

    return deco


def once(f):
    result = []

    def wrapper(*a):
        if not result:
            result.append(f(*a))
        return result[0]

    return wrapper


class Memo:
    def __init__(self, f):
        self.f, self.cache = f, {}

    def __call__(self, *a):
        if a not in self.cache:
            self.cache[a] = self.f(*a)
        return self.cache[a]

    def __get__(self, obj, owner):
        return self if obj is None else partial(self, obj)


class Calc:
    def __init__(self, k):
        self.k = k

    @Memo
    def slow(self, x):
        log.append(x)
        return x * self.k


log = []
c, d = Calc(2), Calc(3)
print(c.slow(5), c.slow(5), d.slow(5), log, len(Calc.slow.cache))
inc = partial(lambda a, b, c=0: a + b * 10 + c * 100, 1)
print(inc(2), inc(2, c=3), partial(inc, 4)(c=5), inc.args, partial(print, "x", sep="-")("y", "z"), curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3), flip(pow)(3, 2))


@count_calls
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(5), fact.calls, fact.__wrapped__(3), fact.calls)


@validate(age=lambda v: v >= 0, name=str.isalpha)
def person(age, name):
    return f"{name} ({age})"


for kw in ({"age": 5, "name": "Ann"}, {"age": -1, "name": "Ann"}, {"name": "Ann"}, {"age": 1, "name": "x1"}):
    try:
        print(person(**kw))
    except (TypeError, ValueError) as e:
        print(e)


@once
def init(x):
    print("init", x)
    return x


print(init(1), init(2))
handlers = {}


def on(event, priority=0):
    def register(f):
        handlers.setdefault(event, []).append((priority, f))
        return f

    return register


@on("save", priority=5)
@on("load")
def audit(data):
    return f"audit {data}"


@on("save")
def store(data):
    return f"store {data}"


for event in ("save", "load", "quit"):
    print(event, [f(event.upper()) for _, f in sorted(handlers.get(event, []), key=lambda h: -h[0])])
