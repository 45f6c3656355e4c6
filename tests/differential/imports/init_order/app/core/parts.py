print("app.core.parts")
from ..util import note

note("parts")


class Part:
    def __repr__(self):
        return f"{type(self).__module__}.{type(self).__qualname__}"
