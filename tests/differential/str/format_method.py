# str.format: fields, attributes, indexes, conversions, nested specs, and its errors.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return f"<{spec or 'plain'}:{self.x},{self.y}>"

    def __repr__(self):
        return "Point()"


def attempt(template, *args, **kw):
    try:
        print(template.format(*args, **kw))
    except Exception as e:
        print(template, type(e).__name__, e)


p = Point(1, 2)
attempt("{} {} {}", 1, "a", None)
attempt("{0} {1} {0}", "x", "y")
attempt("{a} {b!r} {a!s:>5}", a="é", b="é")
attempt("{0.x} {p.y} {0} {0:spec} {0!r}", p, p=p)
attempt("{0[1]} {d[key]} {d[0]}", [10, 20], d={"key": "v", 0: "zero"})
attempt("{:{width}.{prec}f}|{:{}}|", 3.14159, "ab", 5, width=10, prec=2)
attempt("{{}} {{{0}}} }}", 5)
attempt("{:>{w}}", "r", w=4)
attempt("{!a}", "é")
attempt("{} {}", 1)
attempt("{0} {}", 1)
attempt("{} {0}", 1)
attempt("{missing}")
attempt("{0.nope}", p)
attempt("{0[5]}", [1])
attempt("{0[x]}", [1])
attempt("{")
attempt("}")
attempt("{0!x}", 1)
attempt("{0!}", 1)
attempt("{:d}", "text")
attempt("{:5}", None)
attempt("{:5}", [1])
print("{a}{b}".format_map({"a": 1, "b": 2}), format(p), format(p, "z"), format(5, ">4"), format("x", "^5"))
