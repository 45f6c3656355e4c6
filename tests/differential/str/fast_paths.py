"""Strings of all lengths and widths through the operations that have a short way for ASCII."""

SAMPLES = ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "x" * 15, "x" * 16, "x" * 17, "y" * 40, "é", "aé", "日", "a日b", "\U0001f600", "A1 b", " \t\n", "\x1c\x1d x\x85"]


class Sub(str):
    pass


def main():
    for a in SAMPLES:
        for b in SAMPLES:
            joined = a + b
            assert joined == "".join([a, b]) == f"{a}{b}" == "%s%s" % (a, b), (a, b)
            assert len(joined) == len(a) + len(b) and (a == b) == (len(a) == len(b) and joined[: len(a)] == b)
            assert (a < b) == ([ord(c) for c in a] < [ord(c) for c in b]) and (a >= b) == (not a < b)
            assert hash(a + b) == hash(joined) and {joined: 1}[a + b] == 1
            assert [a, b] == (a + "\0|" + b).split("\0|") and a.join([b, b, b]) == b + a + b + a + b
    print("pairs", len(SAMPLES) ** 2)
    for text in ("", " ", "a", " a", "a ", "a b", "  two  words\t", "\x1cx\x1fy\n", "é è\u2003ü", "x" * 70 + " " + "Y" * 70):
        print([text.split(), text.split(None, 1), text.rsplit(None, 1), text.strip(), text.lower() == text, text.upper(), text.title()])
        print(text.casefold(), text.swapcase(), text.capitalize(), text.splitlines(), text.splitlines(True))
    print("a\rb\r\nc\n\x0bd\x0ce\x1cf\x1dg\x1eh\x85i\u2028j".splitlines(), "a\n\nb".splitlines(), "\n".splitlines())
    print("xyxabcyx".strip("xy"), ".,word;.".strip(".,;"), "éaé".strip("é"), "日a日".strip("日x"), "abc".strip(""), "aaa".strip("a"))
    print([type(Sub("ab").lower()), type(Sub("AB").strip()), type(Sub("ab").split()[0]), type(Sub("") + "x"), type("x" + Sub(""))])
    print([type(Sub("a b").split(" ", 0)[0]), type("".join([Sub("q")])), type(f"{Sub('q')}"), Sub("k") == "k", {Sub("k"): 1}["k"]])
    s = ""
    for n in range(300):
        s += "ab"[n % 2]
        if n % 50 == 0:
            kept = s
            s += "é" if n == 100 else "-"
            assert kept + ("é" if n == 100 else "-") == s and len(kept) == len(s) - 1
    print(len(s), s[:60], s[100:110], hash(s) == hash(s[:150] + s[150:]))
    t = s
    t += t
    print(len(s), len(t), t == s + s)
    print(list(iter("aé日\U0001f600")), list("abc"), [c for c in ""], "".join(reversed("abc")), sorted("hello"), max("hello"), iter("a").__length_hint__())
    it = iter("xy")
    print(next(it), it.__length_hint__(), next(it), next(it, "end"), next(it, "end"), type(it).__name__, type(iter("é")).__name__)
    print("-".join(["only"]), "-".join([]), "".join(["", ""]), "é".join("ab"), ",".join(str(n) for n in range(5)), ", ".join({"k": 1}))
    for bad in (lambda: "".join([1]), lambda: ",".join(["a", None]), lambda: "a" + 1, lambda: "a".strip(1), lambda: "".join(5)):
        try:
            print(bad())
        except TypeError as error:
            print(error)


main()
