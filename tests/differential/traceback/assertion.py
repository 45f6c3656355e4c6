# Assertion errors with and without a message.
def check(x):
    assert x > 0, f"x must be positive, got {x}"
    assert x < 10


check(5)
try:
    check(-1)
except AssertionError as e:
    print(e)
check(11)
