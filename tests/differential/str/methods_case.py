# Case changes, also where one letter becomes two.
words = ["hello World", "ÄÖÜ straße", "ﬁne", "they're bill's friends", "x1y2 z", "", "ΣΑΣ", "İi", "123abc", "ǆ"]
for w in words:
    print(repr(w), w.upper(), w.lower(), w.title(), w.capitalize(), w.swapcase(), w.casefold())
    print(w.isupper(), w.islower(), w.istitle())
for w in ["abc", "Abc", "ABC", "a1", "1", "", "A B", "Ab Cd", "É", "ß", "ǅ"]:
    print(repr(w), w.isupper(), w.islower(), w.istitle(), w.isalpha(), w.isalnum(), w.isascii())
