# Equal texts hash alike; with a fixed seed the values themselves are known.
for s in ("", "a", "ab", "hello", "é", "€", "😀", "a" * 100):
    print(repr(s[:10]), hash(s))
print(hash("abc") == hash("ab" + "c"), hash("a" + "é") == hash("aé"), hash(b"abc"), hash(b""), hash("") == hash(b""))
print(hash(("a", 1)), hash(()), hash((1,)), hash((1, (2, 3))), hash(frozenset()), hash(frozenset([1, 2, "x"])))
d = {"a" + str(i): i for i in range(5)}
print(d["a" + "3"], "a9" in d, d.get("a" * 1 + "0"))
try:
    hash([])
except TypeError as e:
    print(e)
try:
    hash({"a": []})
except TypeError as e:
    print(e)
try:
    hash((1, [2]))
except TypeError as e:
    print(e)
