# Repetition, concatenation and the order of texts.
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 5, "é" * 2, "ab" * True)
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "😀" > "€", "Z" < "a", "10" < "9")
print(sorted(["b", "a", "C", "é", "aa", "", "A", "😀", "ab"]), max("hello"), min("hello"))
print("a" == "a", "a" != "b", "é" == "e\u0301", "abc" == ["a", "b", "c"])
for bad in (lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" < 1, lambda: "a" + 1, lambda: "a" + None, lambda: "a" + b"b", lambda: b"a" + "b", lambda: "ab" * 10**19):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
s = t = "x"
s += "y"
print(s, t, s is t)
s *= 3
print(s)
words = []
for i in range(3):
    words += f"w{i}"
print(words)
