# With the future import annotations stay text.
from __future__ import annotations

from dataclasses import dataclass


def f(a: undefined, b: list[nothing] = None) -> x.y.z:
    return a


print(f(1), f.__annotations__)


class Node:
    next: Node | None = None
    value: int

    def link(self, n: Node) -> Node:
        self.next = n
        return self


print(Node.__annotations__, Node().link(Node()).next.next)
v: never_defined = 3
print(v, __annotations__)


@dataclass
class Row:
    id: int
    names: list[str] | None = None
    parent: Row | None = None


print(Row(1, ["a"], Row(2)), Row.__annotations__)
