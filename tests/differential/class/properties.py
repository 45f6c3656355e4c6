# Properties: getter, setter, deleter, inheritance, errors.
class Temperature:
    def __init__(self, c):
        self.celsius = c

    @property
    def celsius(self):
        """Degrees."""
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError(f"{value} is below absolute zero")
        self._c = value

    @celsius.deleter
    def celsius(self):
        print("deleting")
        del self._c

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    kelvin = property(lambda self: self._c + 273.15, doc="K")


t = Temperature(25)
print(t.celsius, t.fahrenheit, t.kelvin, Temperature.celsius.__doc__, Temperature.kelvin.__doc__)
t.celsius = 30
t.celsius += 5
print(t.celsius, t.__dict__)


def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: setattr(t, "celsius", -300))
attempt(lambda: setattr(t, "fahrenheit", 1))
attempt(lambda: delattr(t, "fahrenheit"))
attempt(lambda: setattr(t, "kelvin", 1))
del t.celsius
attempt(lambda: t.celsius)
attempt(lambda: t.fahrenheit)


class Sub(Temperature):
    @property
    def celsius(self):
        return super().celsius * 10

    @Temperature.fahrenheit.getter
    def fahrenheit(self):
        return "sub F"


attempt(lambda: Sub(1))


class Computed:
    calls = 0

    @property
    def value(self):
        Computed.calls += 1
        return self.missing_attribute

    @property
    def lazy(self):
        self.__dict__["cached"] = 1
        return "computed"

    def __getattr__(self, name):
        return f"fallback {name}"


c = Computed()
print(c.value, c.lazy, c.cached, Computed.calls)
c.__dict__["lazy"] = "shadow?"
print(c.lazy, type(Computed.lazy).__name__, Computed.lazy.fget(c), Computed.lazy.fset)


class W:
    def _set(self, v):
        self.got = v

    only_write = property(None, _set)


w = W()
w.only_write = 5
print(w.got)
attempt(lambda: w.only_write)
