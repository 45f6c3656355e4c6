# An error inside methods that a decorator made.
from dataclasses import dataclass


@dataclass
class Range:
    lo: int
    hi: int

    def __post_init__(self):
        if self.lo > self.hi:
            raise ValueError(f"{self.lo} > {self.hi}")

    @property
    def middle(self):
        return (self.lo + self.hi) / self.width

    @property
    def width(self):
        return self.hi - self.lo


ranges = [Range(1, 3), Range(0, 0)]
try:
    Range(3, 1)
except ValueError as e:
    print(e)
print([r.middle for r in ranges])
