# Longest common subsequence, a unified-looking diff, edit distance, patching.
def lcs_table(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            t[i][j] = t[i + 1][j + 1] + 1 if a[i] == b[j] else max(t[i + 1][j], t[i][j + 1])
    return t


def diff(a, b):
    t = lcs_table(a, b)
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            yield " ", a[i]
            i, j = i + 1, j + 1
        elif j == len(b) or i < len(a) and t[i + 1][j] >= t[i][j + 1]:
            yield "-", a[i]
            i += 1
        else:
            yield "+", b[j]
            j += 1


def patch(a, script):
    lines = iter(a)
    for op, text in script:
        if op == "+":
            yield text
        else:
            have = next(lines)
            if have != text:
                raise ValueError(f"conflict: {have!r} against {text!r}")
            if op == " ":
                yield text


def levenshtein(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (ca != cb))
    return row[-1]


OLD = "def f(x):\n    return x\n\nprint(f(1))\n".splitlines()
NEW = "def f(x, y=0):\n    return x\n\n# call it\nprint(f(1))\nprint('done')\n".splitlines()
script = list(diff(OLD, NEW))
for op, line in script:
    print(op + line)
print(list(patch(OLD, script)) == NEW, list(diff("abc", "abc")) == [(" ", c) for c in "abc"], "".join(op for op, _ in diff("abcabba", "cbabac")), lcs_table("AGGTAB", "GXTXAYB")[0][0])
try:
    list(patch(["something else"], script))
except ValueError as e:
    print(e)
except RuntimeError as e:
    print("runtime", e)
print(levenshtein("kitten", "sitting"), levenshtein("", "abc"), levenshtein("flaw", "lawn"), levenshtein("same", "same"))
WORDS = "apple maple ample staple people purple".split()
print(sorted(WORDS, key=lambda w: (levenshtein("appel", w), w)), {w: min(levenshtein(w, v) for v in WORDS if v != w) for w in WORDS})
