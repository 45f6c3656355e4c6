from . import sibling, value
from .sibling import value as sibling_value

pkg_value = value
