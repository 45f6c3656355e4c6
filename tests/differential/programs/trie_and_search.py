# A trie, KMP, an inverted index with ranking, and a regex matcher for . * ? ^ $.
import math


class Trie:
    def __init__(self, words=()):
        self.kids, self.end = {}, False
        for w in words:
            self.add(w)

    def add(self, word):
        node = self
        for ch in word:
            node = node.kids.setdefault(ch, Trie())
        node.end = True

    def __contains__(self, word):
        node = self.walk(word)
        return bool(node and node.end)

    def walk(self, prefix):
        node = self
        for ch in prefix:
            node = node.kids.get(ch)
            if node is None:
                return None
        return node

    def __iter__(self):
        if self.end:
            yield ""
        for ch in sorted(self.kids):
            for rest in self.kids[ch]:
                yield ch + rest

    def complete(self, prefix):
        node = self.walk(prefix)
        return [prefix + rest for rest in node] if node else []


def kmp(text, pattern):
    fail, k = [0] * len(pattern), 0
    for i in range(1, len(pattern)):
        while k and pattern[i] != pattern[k]:
            k = fail[k - 1]
        k += pattern[i] == pattern[k]
        fail[i] = k
    k = 0
    for i, ch in enumerate(text):
        while k and ch != pattern[k]:
            k = fail[k - 1]
        k += ch == pattern[k]
        if k == len(pattern):
            yield i - k + 1
            k = fail[k - 1]


class Index:
    def __init__(self):
        self.docs, self.postings = {}, {}

    def add(self, name, text):
        words = [w.strip(".,!").lower() for w in text.split()]
        self.docs[name] = len(words)
        for w in words:
            counts = self.postings.setdefault(w, {})
            counts[name] = counts.get(name, 0) + 1

    def search(self, query):
        scores = {}
        for term in query.lower().split():
            found = self.postings.get(term, {})
            idf = math.log((1 + len(self.docs)) / (1 + len(found)))
            for doc, n in found.items():
                scores[doc] = scores.get(doc, 0.0) + n / self.docs[doc] * idf
        return sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))


def match(pattern, text):
    if pattern.startswith("^"):
        return here(pattern[1:], text)
    return any(here(pattern, text[i:]) for i in range(len(text) + 1))


def here(p, t):
    if not p:
        return True
    if p == "$":
        return not t
    if len(p) > 1 and p[1] == "*":
        while True:
            if here(p[2:], t):
                return True
            if not t or p[0] not in (".", t[0]):
                return False
            t = t[1:]
    if len(p) > 1 and p[1] == "?":
        return t[:1] != "" and p[0] in (".", t[0]) and here(p[2:], t[1:]) or here(p[2:], t)
    return bool(t) and p[0] in (".", t[0]) and here(p[1:], t[1:])


t = Trie("car card care cat dog do".split())
print(list(t), t.complete("car"), t.complete("x"), "ca" in t, "cat" in t, "" in t)
print(list(kmp("abababcabab", "abab")), list(kmp("aaaa", "aa")), list(kmp("abc", "d")))
ix = Index()
ix.add("a", "The cat sat on the mat. The cat!")
ix.add("b", "The dog sat.")
ix.add("c", "Dogs and cats, and the mat")
for q in ("cat", "the", "mat dog", "unicorn"):
    print(q, [(d, f"{s:.6f}") for d, s in ix.search(q)])
for p, s in [("a.c", "xabcx"), ("^a.c", "xabc"), ("ab*c$", "acx ac"), ("^a*$", "aaa"), ("colou?r", "my color"), ("x?y", "zzy"), ("^$", ""), (".*z", "abc"), ("b?$", "")]:
    print(repr(p), repr(s), match(p, s))
