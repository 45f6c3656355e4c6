# Literals with escapes and what repr makes of them.
texts = [
    "tab\there", "nl\n", "quote's", 'dou"ble', "both ' and \"", "back\\slash", "\x00\x1f\x7f", "\xe9\xad",
    "\u20ac\u2028", "\U0001F600", "\N{GREEK SMALL LETTER ALPHA}", "\101\60", r"raw\n", "a\
b", '''triple "quoted"
line''', "\a\b\f\v\r", "\ud800", "\u200b\ufeff", "ascii é",
]
for t in texts:
    print(repr(t), ascii(t), len(t))
print("implicit " "concat" 'enation', r"\d+" "\n" == "\\d+\n", rb"\x" + b"\x00")
print(b"bytes\x00\xff\t'\"", b'it"s', b"it's", bytes(range(0, 40)))
print(str(b"ab"), repr("'"), repr('"'), repr("'\""), [""], ["'"])
