# Code points beyond ASCII: lengths, encodings and their errors.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


s = "aé€😀"
print(len(s), [hex(ord(c)) for c in s], s.encode(), s.encode("utf-8"), s.encode("utf-16-le"), s.encode("latin-1", "replace"), s.encode("ascii", "ignore"))
print(s.encode("ascii", "backslashreplace"), s.encode("ascii", "xmlcharrefreplace"))
attempt(lambda: s.encode("ascii"))
attempt(lambda: s.encode("latin-1"))
attempt(lambda: "\ud800".encode())
attempt(lambda: s.encode("nope"))
attempt(lambda: b"\xff".decode())
attempt(lambda: b"ab\xe2\x82".decode())
attempt(lambda: b"\xe9".decode("ascii"))
attempt(lambda: b"\xc3\x28".decode("utf-8"))
print(b"\xe9\xff".decode("latin-1"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"), b"\xe2\x82\xac".decode("UTF8"))
print(str(b"caf\xc3\xa9", "utf-8"), str(b"x", encoding="ascii"), str(b"\xff", "utf-8", "replace"))
print(s.upper(), s[::-1], s.center(8, "·"), s.index("😀"), "ñ" == "\u00f1", "n\u0303" == "ñ", len("n\u0303"))
print("é" in s, "\x41", "日本語"[1], "日本語".find("語"), "a\u0300".isalpha(), sorted("zaéà"))
try:
    "😀".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, e.object == "😀", e.start, e.end, e.reason, e.args[0])
try:
    b"\x80abc".decode("utf-8")
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
