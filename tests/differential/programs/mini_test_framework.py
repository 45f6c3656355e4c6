# A test framework in little: discovery, fixtures, expected failures, a report.
class AssertionFailed(AssertionError):
    pass


class Skip(Exception):
    pass


def skip(reason):
    def deco(f):
        def replaced(*a):
            raise Skip(reason)

        replaced.__name__ = f.__name__
        return replaced

    return deco


class Raises:
    def __init__(self, kind):
        self.kind = kind

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            raise AssertionFailed(f"{self.kind.__name__} not raised")
        self.value = value
        return issubclass(kind, self.kind)


class Case:
    registry = []

    def __init_subclass__(cls):
        Case.registry.append(cls)

    def setup(self):
        pass

    def teardown(self):
        pass

    def equal(self, a, b):
        if a != b:
            raise AssertionFailed(f"{a!r} != {b!r}")

    @classmethod
    def tests(cls):
        return sorted(n for n in dir(cls) if n.startswith("test_") and callable(getattr(cls, n)))

    @classmethod
    def run(cls, report):
        for name in cls.tests():
            case = cls()
            try:
                case.setup()
                try:
                    getattr(case, name)()
                finally:
                    case.teardown()
            except Skip as e:
                report(cls, name, "skip", e)
            except AssertionError as e:
                report(cls, name, "FAIL", e)
            except Exception as e:
                report(cls, name, "ERROR", f"{type(e).__name__}: {e}")
            else:
                report(cls, name, "ok", "")


class ListTest(Case):
    def setup(self):
        self.l = [1, 2, 3]

    def teardown(self):
        Case.torn = getattr(Case, "torn", 0) + 1

    def test_append(self):
        self.l.append(4)
        self.equal(self.l, [1, 2, 3, 4])

    def test_pop(self):
        self.equal(self.l.pop(), 2)

    def test_index(self):
        with Raises(ValueError) as r:
            self.l.index(9)
        self.equal(str(r.value), "9 is not in list")

    def test_error(self):
        self.l.no_such()

    @skip("later")
    def test_later(self):
        pass


class Derived(ListTest):
    def setup(self):
        super().setup()
        self.l = self.l + [2]

    def test_assert(self):
        assert self.l[0] == 2, "first is not two"

    def test_no_raise(self):
        with Raises(KeyError):
            {}.get(1)

    def test_wrong_raise(self):
        with Raises(KeyError):
            [][0]


results = {}


def report(cls, name, status, text):
    results.setdefault(status, []).append(f"{cls.__name__}.{name}")
    print(f"{cls.__name__ + '.' + name:<26}{status:<6}{text}")


for cls in Case.registry:
    cls.run(report)
print({k: len(v) for k, v in sorted(results.items())}, Case.torn, [c.__name__ for c in Case.registry])
