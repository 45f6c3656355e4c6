# Numbers as Roman numerals and as words, both ways.
ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def to_roman(n):
    if not 0 < n < 4000:
        raise ValueError(f"{n} out of range")
    out = ""
    for v, s in ROMAN:
        count, n = divmod(n, v)
        out += s * count
    return out


def from_roman(s):
    total = i = 0
    for v, sym in ROMAN:
        while s.startswith(sym, i):
            total += v
            i += len(sym)
    if i != len(s) or to_roman(total) != s:
        raise ValueError(f"bad numeral {s!r}")
    return total


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return ONES[n]
    if n < 100:
        t, o = divmod(n, 10)
        return TENS[t] + (f"-{ONES[o]}" if o else "")
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            q, r = divmod(n, size)
            return f"{words(q)} {name}" + (f" {'and ' if r < 100 else ''}{words(r)}" if r else "")


for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999):
    print(n, to_roman(n), from_roman(to_roman(n)), words(n))
print(all(from_roman(to_roman(n)) == n for n in range(1, 4000)), words(0), words(-17), words(1_000_001), words(987_654_321_012))
for bad in (0, 4000, "IIII", "VX", "ABC", ""):
    try:
        print(to_roman(bad) if isinstance(bad, int) else from_roman(bad))
    except ValueError as e:
        print(e)
print(max(range(1, 100), key=lambda n: (len(to_roman(n)), n)), sorted((words(n) for n in range(1, 11)))[:3], sum(len(words(n).replace("-", "").replace(" ", "")) for n in range(1, 1001)))
