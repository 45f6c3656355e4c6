from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapes import Shape


def area(shape: Shape, scale:float|None=None, *rest: "tuple[int,...]", **kw: dict[str,list[int]]) -> Optional[ Callable[[int],str] ]:
    return 1


class Node:
    next: Node | None = None
    ok: Literal["a", 'b']
