# int() and the texts it takes and refuses.
def attempt(*args, **kw):
    try:
        print(repr(args), kw or "", int(*args, **kw))
    except Exception as e:
        print(repr(args), type(e).__name__, e)


for text in ("12", "  -7\n", "+3", "1_000", "0012", "", "  ", "1__0", "_1", "1_", "0x10", "ten", "1.5", "- 1", "٣"):
    attempt(text)
attempt("ff", 16)
attempt("0xFF", 16)
attempt("0b101", 0)
attempt("0o17", 0)
attempt("017", 0)
attempt("z", 36)
attempt("12", 2)
attempt("1", 1)
attempt("1", 37)
attempt(12, 10)
attempt("-0x1f", 0)
attempt("9" * 30)
attempt(3.99)
attempt(-3.99)
attempt(1e20)
attempt(float("nan"))
attempt(float("inf"))
attempt(None)
attempt([])
attempt(b"42")
attempt(b"4x")
attempt(True)
attempt()
attempt("11", base=2)
