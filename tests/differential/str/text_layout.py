# Wrapping, justifying, tables, case conversions, ciphers on longer text.
TEXT = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch of belief"


def wrap(text, width):
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def justify(line, width):
    words = line.split()
    if len(words) == 1:
        return line.ljust(width)
    gaps, spaces = len(words) - 1, width - sum(map(len, words))
    return "".join(w + " " * (spaces // gaps + (i < spaces % gaps)) for i, w in enumerate(words[:-1])) + words[-1]


def table(rows, align="<>^"):
    widths = [max(len(str(c)) for c in col) for col in zip(*rows)]
    for r in rows:
        yield " | ".join(f"{c!s:{a}{w}}" for c, w, a in zip(r, widths, align)).rstrip()


def camel(s):
    head, *rest = s.split("_")
    return head + "".join(w.capitalize() for w in rest)


def snake(s):
    return "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(s))


def rot13(s):
    up, low = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
    return s.translate(str.maketrans(up + low, up[13:] + up[:13] + low[13:] + low[:13]))


def vigenere(s, key, sign=1):
    out, i = [], 0
    for c in s:
        if c.isalpha():
            base = ord("A") if c.isupper() else ord("a")
            out.append(chr((ord(c) - base + sign * (ord(key[i % len(key)]) - 97)) % 26 + base))
            i += 1
        else:
            out.append(c)
    return "".join(out)


def columns(items, n):
    rows = -(-len(items) // n)
    return "\n".join("  ".join(items[r + c * rows].ljust(8) for c in range(n) if r + c * rows < len(items)).rstrip() for r in range(rows))


for line in wrap(TEXT, 30):
    print(f"|{justify(line, 30)}|")
print("\n".join(table([("name", "qty", "note"), ("nut", 5, "ok"), ("washer", 1200, "x")])))
print(camel("some_long_name"), snake("someLongName"), rot13("Hello, World"), rot13(rot13("abc XYZ")), vigenere("Attack at Dawn!", "lemon"), vigenere(vigenere("Attack at Dawn!", "lemon"), "lemon", -1))
print(columns([f"item{i}" for i in range(7)], 3))
words = TEXT.replace(",", "").lower().split()
print(sorted(set(words), key=lambda w: (-words.count(w), w))[:5], " ".join(w[::-1] for w in words[:4]), TEXT.title()[:24], sum(c in "aeiou" for c in TEXT), max(words, key=lambda w: (len(w), w)))
acronym = "".join(w[0] for w in "portable network graphics".split()).upper()
print(acronym, "-".join("abc"), "a-b_c d".replace("-", " ").replace("_", " ").split(), "%-10s|%5s|%05.1f" % ("left", "right", 3.14159), "=" * 10 + ">", "x".join(["1", "2"]), "Ünïcödé".encode("ascii", "ignore").decode(), "tab\tsep".expandtabs(8), "  strip me ".strip(), "{:>10}".format("fmt"), "é".center(5, "*"))
