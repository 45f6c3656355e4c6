# Identifiers and strings beyond ASCII.
größe = 5
名前 = "name"
Ω = lambda δ: δ * 2
print(größe, 名前, Ω(größe))


class Größe:
    def __init__(self, länge):
        self.länge = länge

    def verdoppelt(self, *, fäktor=2):
        return self.länge * fäktor


g = Größe(4)
print(g.länge, g.verdoppelt(fäktor=3), Größe.__name__, vars(g))
try:
    g.höhe
except AttributeError as e:
    print(e)
try:
    undefiniert_ä
except NameError as e:
    print(e)
try:
    g.verdoppelt(falsch_ö=1)
except TypeError as e:
    print(e)
ﬁ = "ligature normalises"
print(fi)
print(getattr(g, "länge"), "länge" in g.__dict__, len("länge"), "日本".encode().decode())
d = {"schlüssel": 1, "😀": 2}
print(d, d["😀"], f"{größe=} {名前!r:>10}")
print("\u00e9" == "é", "e\u0301" == "é", len("e\u0301"))
