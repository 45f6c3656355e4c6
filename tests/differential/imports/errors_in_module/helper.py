def compute(values):
    return [invert(v) for v in values]


def invert(v):
    return 1 / v
