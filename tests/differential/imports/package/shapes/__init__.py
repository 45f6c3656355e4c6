"""Shapes."""
print("init shapes", __name__)
from .flat import Circle, square
from . import solid

unit = 1
