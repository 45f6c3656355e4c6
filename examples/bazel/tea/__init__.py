"""What the shop sells."""

from .blend import Blend, UnknownBlendError, find

__all__ = ["Blend", "UnknownBlendError", "find"]
