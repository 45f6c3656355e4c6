print("app.core.engine")
from app.util import note
from .. import version as v
from .parts import Part

note("engine")


class Engine:
    def run(self):
        return f"running {v} with {Part()!r}"
