# Every way to split, with and without separator and limit.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


s = "  one two   three\tfour\n"
print(s.split(), s.split(" "), s.split(None, 1), s.split(" ", 2), s.rsplit(None, 1), s.rsplit(" ", 1))
csv = "a,b,,c,"
print(csv.split(","), csv.split(",", 1), csv.rsplit(",", 2), csv.split(",,"), csv.split("x"), csv.split(",", 0), csv.split(",", -1))
print("".split(), "".split(","), " ".split(), "aXXbXXc".split("XX", 1), "aXXXb".split("XX"), "aXXXb".rsplit("XX"))
print("a\u3000b\x1fc\x85d".split(), "€uro€s".split("€"), "x".split(maxsplit=0), " x y ".split(maxsplit=0), "a-b-c".split(sep="-", maxsplit=1))
print("one\ntwo\r\nthree\rfour\x0bfive\u2028six\n\n".splitlines(), "a\nb\r\n".splitlines(True), "".splitlines(), "\n".splitlines(), "x".splitlines(keepends=True))
print("key=value=x".partition("="), "key".partition("="), "key=value=x".rpartition("="), "key".rpartition("="), "=".partition("="))
attempt(lambda: "a".split(""))
attempt(lambda: "a".partition(""))
attempt(lambda: "a".split(1))
attempt(lambda: "a".rpartition(1))
attempt(lambda: "a b".split(" ", "x"))
attempt(lambda: "a b".split(limit=1))
attempt(lambda: "a b".splitlines(1, 2))
