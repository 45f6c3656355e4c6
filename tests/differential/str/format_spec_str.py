# Every presentation of a text.
for s in ("", "ab", "longer text", "é€😀"):
    print(f"{s}|{s:s}|{s:5}|{s:<5}|{s:>5}|{s:^5}|{s:.1}|{s:*^8.2}|{s:05}|{s:€<6}|{s:10.3s}|")
for spec in ("d", "+", "=5", ",", "x", "#", " ", "-5", "5d", "z"):
    try:
        print(format("text", spec))
    except ValueError as e:
        print(repr(spec), e)
for value in (None, [], {}, (1,), object, len):
    try:
        print(format(value, "") == str(value), format(value, ">10"))
    except TypeError as e:
        print(e)
