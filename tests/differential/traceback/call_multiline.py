# A call over several lines.
def combine(a, b, c):
    raise ValueError(
        "some long"
        " message"
    )


result = combine(
    1,
    [2,
     3],
    c=4,
)
