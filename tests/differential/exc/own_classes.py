# Exception classes of one's own: with state, __str__, hierarchies, super().__init__ or without.
class AppError(Exception):
    """Base."""

    code = 1

    def __init__(self, message, *, detail=None):
        super().__init__(message)
        self.detail = detail


class NotFound(AppError):
    code = 404

    def __str__(self):
        return f"[{self.code}] {super().__str__()} ({self.detail})"


class Forgetful(Exception):
    def __init__(self, a, b):
        self.a, self.b = a, b


class Bare(Exception):
    pass


class Multi(ValueError, LookupError):
    pass


def attempt(e):
    try:
        raise e
    except AppError as err:
        print("app", err.code, err, err.args, repr(err), err.detail)
    except (ValueError, LookupError) as err:
        print("value or lookup", repr(err), str(err))
    except Exception as err:
        print("other", repr(err), str(err), err.args)


attempt(AppError("plain"))
attempt(NotFound("page", detail="/x"))
attempt(Forgetful(1, "b"))
attempt(Bare)
attempt(Bare("x", "y"))
attempt(Multi("m"))
for f in (lambda: AppError(), lambda: NotFound("a", "b"), lambda: Forgetful(1)):
    try:
        raise f()
    except TypeError as e:
        print(e)


class Retry:
    def __init__(self, times):
        self.times = times

    def __call__(self, f):
        errors = []
        for i in range(self.times):
            try:
                return f(i), errors
            except AppError as e:
                errors.append(str(e))
        raise NotFound("gave up", detail=errors)


def flaky(i):
    if i < 2:
        raise AppError(f"try {i}")
    return "worked"


print(Retry(5)(flaky))
try:
    Retry(2)(flaky)
except NotFound as e:
    print(e)


class WithNew(Exception):
    def __new__(cls, *a):
        made = super().__new__(cls, *a)
        made.tag = len(a)
        return made


print(WithNew(1, 2).tag, repr(WithNew(1)), isinstance(WithNew(), Exception))
