"""Reads a Cargo.lock file and says what is remarkable about its dependency graph.

`api` holds the typed functions that a host program calls; the rest is how they work:

* `tokens`, `parser`: the text as tokens, the tokens as tables;
* `model`: packages, versions and where packages come from;
* `graph`: the packages as a graph, and the questions asked of it;
* `report`: the graph as a text for people.
"""

from .errors import LockError, LockSyntaxError, UnknownPackageError
from .graph import Graph
from .model import Package, Version
from .parser import parse

__all__ = [
    "Graph",
    "LockError",
    "LockSyntaxError",
    "Package",
    "UnknownPackageError",
    "Version",
    "load",
    "parse",
]

FORMATS = (3, 4)


def load(text, *, formats=FORMATS):
    """The graph of a lock file's text; refuses formats this package was not written for."""
    tables = parse(text)
    found = tables.get("version")
    if found not in formats:
        wanted = " or ".join(str(number) for number in formats)
        raise LockError(f"lock file version {found!r}, wanted {wanted}")
    return Graph.from_tables(tables.get("package", []))
