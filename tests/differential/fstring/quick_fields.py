"""Fields of numbers and strings under short and long specifications, by f-string, format and %."""

INTS = [0, 7, -7, 42, -1234567, 123456789012, 2**47 - 1, -(2**47), 2**64, True]
FLOATS = [0.0, -0.0, 0.5, 1.5, 2.5, -0.125, 0.005, 1.005, 999.995, 1e-9, 123456.789, 1e15, 1e16, 9.999999e22, -1e300, 5e-324]
FLOATS += [float("inf"), float("-inf"), float("nan"), 2.675, 1e-4, 9.9e-5]
TEXTS = ["", "a", "abc", "twelve chars", "é", "日本"]


def shown(value, spec):
    try:
        return format(value, spec)
    except (ValueError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


def percent(spec, value):
    try:
        return spec % value
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def main():
    for spec in ("", "d", "5", "05", "<8", "^9", ">7d", "+", " d", "-5d", ",", "_d", "010,", "x", "X", "#x", "o", "b", "08b", "_b", "*^12", "=+9", "0<6", "é>6", ".2", "5s", "65", "100d", "n", "c"):
        print(repr(spec), [shown(n, spec) for n in INTS])
    for spec in ("", ".0f", ".1f", ".2f", ".3f", ".15f", ".16f", ".20f", "8.2f", "<10.1f", "^12.3f", "012.4f", "+.1f", " .1f", ",.2f", "_.3f", "015,.2f", "F", ".2F", "f", "e", ".3e", "g", ".3g", "%", ".1%", "z.1f", "#.0f", "=12.2f", "x<9.1f", "d"):
        print(repr(spec), [shown(x, spec) for x in FLOATS])
    for spec in ("", "s", "5", "<6s", ">6", "^7", "*^9", ".2", "8.3s", "05", "=5", "+5", "d", "-5", ",", "120"):
        print(repr(spec), [shown(t, spec) for t in TEXTS])
    for spec in ("%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%.3d", "%i", "%u", "%-05d|", "%70d"):
        print(repr(spec), [percent(spec, n) for n in INTS])
    for spec in ("%f", "%.2f", "%8.1f", "%-9.2f|", "%09.2f", "%+.1f", "% .3f", "%.0f", "%#.0f", "%.20f", "%e", "%g", "%d"):
        print(repr(spec), [percent(spec, x) for x in FLOATS if x == x and abs(x) != float("inf")])
    print("%s %r %s" % (1, 2.5, None), "%d%%" % 5, "%s" % ("é",), "é%d" % 3, "%5s|%-5s|%.1s" % ("ab", "ab", "ab"))
    print("%(a)d %(b).1f" % {"a": 3, "b": 2.25}, percent("%d", "x"), percent("%d %d", (1,)), percent("%d", (1, 2)))
    print([repr(x) for x in FLOATS], [str(x) for x in (1e22, 1e-5, 123456789012345680.0, 0.1 + 0.2)])
    n, x, s = 12, 3.14159, "pi"
    print(f"{n}{x}{s}", f"{n:>{n}}", f"{x:{s}}" if s == "" else f"{x:.{2}f}", f"{s!r:>6}{n!s:<4}|{x=:.1f}", f"{'é'}{n}", f"{''}{''}", f"{s}")


main()
