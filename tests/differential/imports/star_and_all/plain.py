import math

public = 1
_private = 2
shadowed = "plain"


def fn():
    return shadowed, math.floor(2.5)
