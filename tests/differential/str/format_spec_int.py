# Every presentation of an int.
for n in (0, 5, -5, 1234567, -255, 2**50, 10**20):
    print(f"{n}|{n:d}|{n:5}|{n:<9}|{n:^9}|{n:>9}|{n:09}|{n:+}|{n: }|{n:,}|{n:_}|{n:=+9}")
    print(f"{n:b}|{n:#b}|{n:o}|{n:#o}|{n:x}|{n:#x}|{n:X}|{n:#X}|{n:#010x}|{n:_b}|{n:e}|{n:.2f}|{n:g}|{n:%}")
print(f"{65:c}|{8364:c}|{65:5c}|{True:d}|{True}|{False:>7}|{True:5}|{5:*^7}|{5:€>4}|{-5:0=6}|{5:<05}|{1234:010,}|{-1234:012,}")
for value, spec in [(5, ".2"), (5, "s"), (5, "q"), (5, ",b"), (5, ",_"), (5, "c,"), (-5, "c"), (5, "+c"), (0x110000, "c"), (5, "5.3d"), (5, "=>>"), (5, "99999999999999999999")]:
    try:
        print(format(value, spec))
    except Exception as e:
        print(repr(spec), type(e).__name__, e)
