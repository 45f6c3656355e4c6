"""Blends of tea and their prices."""

from dataclasses import dataclass


class UnknownBlendError(LookupError):
    """No blend has this name."""


@dataclass
class Blend:
    name: str
    cents: int


BLENDS = [Blend("assam", 320), Blend("darjeeling", 480), Blend("sencha", 410)]


def find(name: str) -> Blend:
    for blend in BLENDS:
        if blend.name == name:
            return blend
    raise UnknownBlendError(f"no blend is called {name!r}")
