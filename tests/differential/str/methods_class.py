# What a text is made of.
samples = ["", "abc", "123", "12.5", "½", "²", "٣", "Ⅷ", "a_b", "_x", "1a", "class", " ", "\t\n", "\u00a0", "\u2028", "x y", "é", "\x00", "漢字"]
for s in samples:
    print(
        ascii(s), s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(),
        s.isspace(), s.isidentifier(), s.isprintable(), s.isascii(),
    )
