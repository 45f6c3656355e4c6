# bytes has most of what str has.
b = b"one two,three\tfour"
print(b.split(), b.split(b","), b.split(None, 1), b.rsplit(b" ", 1), b.partition(b","), b.rpartition(b" "), b"a\nb\r\n".splitlines())
print(b.find(b"t"), b.rfind(b"t"), b.find(116), b.index(b"two"), b.count(b"o"), b.startswith(b"one"), b.endswith((b"x", b"four")))
print(b.upper(), b.title(), b"AbC".lower(), b"AbC".swapcase(), b"abc".capitalize(), b"  x ".strip(), b"xxa".lstrip(b"x"), b"axx".rstrip(b"x"))
print(b.replace(b"t", b"TT", 1), b"-".join([b"a", b"b"]), b"a".center(5, b"*"), b"a".ljust(3), b"a".rjust(3), b"7".zfill(3), b"a\tb".expandtabs(4))
print(b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"ab".islower(), b"AB".isupper(), b"Ab".istitle(), b"".isalpha(), b"\xff".isascii())
print(b"abcabc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"), b"prefix-x".removeprefix(b"prefix-"), b"x.py".removesuffix(b".py"))
for bad in (lambda: b.split("x"), lambda: b.find("x"), lambda: b.index(b"zzz"), lambda: b"".join(["a"]), lambda: b.replace("a", "b"), lambda: b.startswith("a"), lambda: b.nope):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
