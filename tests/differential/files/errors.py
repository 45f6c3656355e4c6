# What goes wrong with files, and how it is said.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "errno", ""))


attempt(lambda: open("missing.txt"))
attempt(lambda: open("no/such/dir.txt", "w"))
attempt(lambda: open(".", "r"))
attempt(lambda: open("x.txt", "q"))
attempt(lambda: open("x.txt", "rw"))
attempt(lambda: open("x.txt", ""))
attempt(lambda: open("x.txt", "wt", encoding="no-such-encoding"))
attempt(lambda: open("x.txt", "rb", encoding="utf-8"))
attempt(lambda: open())
attempt(lambda: open(None))
attempt(lambda: open("x.txt", 5))
attempt(lambda: open([]))
attempt(lambda: open("a\0b"))
with open("f.txt", "w") as f:
    attempt(lambda: f.read())
    attempt(lambda: f.write(5))
    attempt(lambda: f.write())
    attempt(lambda: f.write(b"x"))
    attempt(lambda: f.writelines([1]))
    f.write("content")
attempt(lambda: f.write("closed"))
attempt(lambda: f.read())
attempt(lambda: [line for line in f])
attempt(lambda: f.__enter__())
f.close()
f.close()
r = open("f.txt")
attempt(lambda: r.write("x"))
attempt(lambda: r.read("a"))
attempt(lambda: r.nope)
attempt(lambda: r.seek(-1))
print(r.read(0) == "", r.read(-1), r.read(), r.close())
with open("f.txt", "wb") as b:
    attempt(lambda: b.write("text"))
    print(b.write(b"\x00\xff"))
try:
    with open("f.txt", "w") as f:
        f.write("partial")
        raise ValueError("in with")
except ValueError as e:
    print(e, f.closed)
print(open("f.txt").read())
try:
    open("missing2.txt")
except OSError as e:
    print(repr(e), e.strerror, e.filename, isinstance(e, FileNotFoundError))
