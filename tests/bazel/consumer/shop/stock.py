from leaf import mark

from .counts import count
from .prices import price


def describe(name: str) -> str:
    return f"{name}: {count(name)} x {price(name)} = {mark(count(name) * price(name))}"
