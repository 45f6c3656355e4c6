# Exceptions used as values: stored, compared, raised later, raised twice.
errors = []
for value in ("1", "x", None, []):
    try:
        errors.append(int(value))
    except (ValueError, TypeError) as e:
        errors.append(e)
print([type(e).__name__ for e in errors], errors[1].args, errors[1] == errors[1], ValueError("a") == ValueError("a"))
for e in errors[1:]:
    try:
        raise e
    except Exception as again:
        print(again is e, str(again))


class Result:
    def __init__(self, value=None, error=None):
        self.value, self.error = value, error

    @classmethod
    def of(cls, f, *args):
        try:
            return cls(value=f(*args))
        except Exception as e:
            return cls(error=e)

    def unwrap(self):
        if self.error is not None:
            raise self.error
        return self.value


rs = [Result.of(int, "5"), Result.of(int, "five"), Result.of(lambda: [][0])]
for r in rs:
    try:
        print(r.unwrap())
    except Exception as e:
        print(type(e).__name__, e)
table = {ValueError: "v", KeyError: "k"}
try:
    {}[1]
except Exception as e:
    print(table[type(e)], isinstance(e, tuple(table)), [c.__name__ for c in table if isinstance(e, c)])
pending = ValueError("made here, raised there")


def raise_it(e):
    raise e


for _ in range(2):
    try:
        raise_it(pending)
    except ValueError as e:
        print(e, e.__context__)
f = lambda: (_ for _ in ()).throw(RuntimeError("from an expression"))
try:
    f()
except RuntimeError as e:
    print(e)
