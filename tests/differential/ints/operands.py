# The words of unsupported operand errors.
def attempt(f):
    try:
        print(f())
    except TypeError as e:
        print(e)


x, s, n, l = 1, "a", None, [1]
attempt(lambda: x + s)
attempt(lambda: s + x)
attempt(lambda: x - s)
attempt(lambda: n + x)
attempt(lambda: l + x)
attempt(lambda: l + (1,))
attempt(lambda: (1,) + l)
attempt(lambda: s * s)
attempt(lambda: s * 1.5)
attempt(lambda: l * l)
attempt(lambda: x @ x)
attempt(lambda: x & 1.0)
attempt(lambda: 1.0 | x)
attempt(lambda: 1.5 << 1)
attempt(lambda: x // n)
attempt(lambda: x % s)
attempt(lambda: x**s)
attempt(lambda: divmod(x, s))
attempt(lambda: -s)
attempt(lambda: +n)
attempt(lambda: ~1.0)
attempt(lambda: abs(s))
attempt(lambda: {} + {})
attempt(lambda: {} | [])
attempt(lambda: {1} + {2})
attempt(lambda: {1} - [2])
attempt(lambda: len + 1)
attempt(lambda: int + int)


def augmented(a, b):
    try:
        a += b
        print(a)
    except TypeError as e:
        print(e)


augmented(1, "a")
augmented("a", 1)
augmented([1], 1)
augmented((1,), [2])
augmented(None, None)
try:
    x -= "b"
except TypeError as e:
    print(e)
try:
    x **= n
except TypeError as e:
    print(e)
