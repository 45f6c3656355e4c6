# Writing and reading text files: modes, iteration, newlines, encoding.
with open("notes.txt", "w") as f:
    print(f.write("first line\n"), f.write("zweite Zeile äöü €\n"))
    f.writelines(["third\n", "no newline at end"])
    print("printed", 1, file=f)
    print(f.closed, f.name, f.mode, f.writable(), f.readable())
print(f.closed)
with open("notes.txt") as f:
    text = f.read()
print(repr(text), len(text))
with open("notes.txt", encoding="utf-8") as f:
    print(repr(f.readline()), f.readlines(), repr(f.readline()), repr(f.read()))
for n, line in enumerate(open("notes.txt"), 1):
    print(n, line.rstrip())
with open("notes.txt", "a") as f:
    f.write("appended")
with open("notes.txt", "r") as f:
    print(repr(f.read(5)), repr(f.read(3)), f.tell() >= 8, len(f.readlines()))
    f.seek(0)
    print(f.readline().strip(), next(f).strip())
try:
    open("notes.txt", "x")
except FileExistsError as e:
    print(type(e).__name__, e, e.errno, e.filename)
with open("new.txt", "x") as f:
    f.write("")
print(repr(open("new.txt").read()))
with open("new.txt", "r+") as f:
    f.write("abcdef")
    f.seek(0)
    print(f.read())
with open("nl.txt", "w", newline="") as f:
    f.write("a\r\nb\rc\n")
print(repr(open("nl.txt").read()), repr(open("nl.txt", newline="").read()), open("nl.txt", newline="").readlines())
with open("nl.txt", "rb") as f:
    print(f.read())
with open("latin.txt", "w", encoding="latin-1") as f:
    f.write("é")
print(open("latin.txt", "rb").read(), open("latin.txt", encoding="latin-1").read())
try:
    open("latin.txt", encoding="utf-8").read()
except UnicodeDecodeError as e:
    print(e)
try:
    open("a.txt", "w", encoding="ascii").write("é")
except UnicodeEncodeError as e:
    print(e)
