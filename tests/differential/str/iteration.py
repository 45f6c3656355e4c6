# Walking over a text in the ways programs do.
def vowels(text):
    for i, ch in enumerate(text):
        if ch in "aeiou":
            yield i, ch


def run_lengths(text):
    out = []
    for ch in text:
        if out and out[-1][0] == ch:
            out[-1][1] += 1
        else:
            out.append([ch, 1])
    return out


def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalpha()]
    return letters == letters[::-1]


print(list(vowels("iteration")), run_lengths("aaabccd€€"))
print(is_palindrome("A man, a plan, a canal: Panama"), is_palindrome("nope"))
print(dict(zip("abc", "xyz")), list(map(ord, "a€")), max("abz"), set("aab") == {"a", "b"}, tuple("ab"), [*"xy"])
it = iter("ab")
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("stopped", e.args)
a, b, *c = "hello"
print(a, b, c)
try:
    a, b = "abc"
except ValueError as e:
    print(e)
try:
    a, b, c, d = "abc"
except ValueError as e:
    print(e)
counts = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
print(counts, sorted(counts, key=lambda c: (-counts[c], c)))
