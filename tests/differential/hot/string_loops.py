# Loops that build, compare and take apart text.
def reverse_words(s):
    out = ""
    word = ""
    for ch in s + " ":
        if ch == " ":
            out = word + (" " + out if out else "")
            word = ""
        else:
            word += ch
    return out


def rle(s):
    out = []
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append(f"{s[i]}{j - i}" if j - i > 1 else s[i])
        i = j
    return "".join(out)


def unrle(s):
    out, num = "", ""
    prev = ""
    for ch in s:
        if ch.isdigit():
            num += ch
        else:
            if prev:
                out += prev * int(num or 1)
            prev, num = ch, ""
    return out + prev * int(num or 1)


def is_balanced(s):
    stack = []
    pairs = {")": "(", "]": "[", "}": "{"}
    for i, ch in enumerate(s):
        if ch in "([{":
            stack.append(ch)
        elif ch in pairs:
            if not stack or stack.pop() != pairs[ch]:
                return i
    return not stack


def longest_palindrome(s):
    best = ""
    for i in range(len(s)):
        for a, b in ((i, i), (i, i + 1)):
            while a >= 0 and b < len(s) and s[a] == s[b]:
                a -= 1
                b += 1
            if b - a - 1 > len(best):
                best = s[a + 1 : b]
    return best


def to_base(n, b):
    digits = ""
    while n:
        n, r = divmod(n, b)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[r] + digits
    return digits or "0"


print(reverse_words("the quick brown fox"), rle("aaabccdddd€€"), unrle(rle("aaabccdddd€€")), is_balanced("([]{})"), is_balanced("([)]"), is_balanced("(("))
print(longest_palindrome("forgeeksskeegfor"), to_base(2**70, 36), to_base(0, 2), to_base(255, 16))
s = ""
for i in range(200):
    s += chr(97 + i % 26)
    if i % 50 == 49:
        s += "€"
print(len(s), s[-3:], s.count("€"), s[::-40])
t = "x"
for _ in range(10):
    t = t + t[::-1] + "y"
print(len(t), hash(t) == hash("" + t), t.count("xy"))
words = "a bb ccc dd e".split()
line, lines = "", []
for w in words:
    if len(line) + len(w) > 5:
        lines.append(line.strip())
        line = ""
    line += w + " "
print(lines + [line.strip()], "".join(sorted("hello world")).strip(), max(words, key=len), [w.center(5, ".") for w in words])
