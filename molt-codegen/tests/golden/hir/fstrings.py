a = 1
plain = f"no values {{braces}}"
one = f"{a}"
many = f"x={a!r:>{width}.{precision}f} {a + 1:,} {a!s}" "tail" f"{a!a}"
debug = f"{a=} { a + 1 = :>5} {a=!s}"
nested = f"{f'{a}' + "q"}"
surrogate = "\ud83d" "\udca9 ok"
joined = "a" 'b' """c
d"""
raw = rb"\x" b"\x41"
