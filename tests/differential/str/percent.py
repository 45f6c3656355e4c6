# The old formatting operator.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print("%s %r %a" % ("é", "é", "é"))
print("%d %i %u %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7, 8))
print("%x %X %#x %o %#o %c %c" % (255, 255, 255, 8, 8, "z", 97))
print("%f %.2f %10.3f %-10.1f| %e %g %G %.3g" % (1.5, 2.345, 3.14159, 2.5, 12345.678, 0.0001, 1e-10, 1234567))
print("%5s|%-5s|%.2s|%5.1s|%%" % ("ab", "ab", "abcdef", "xyz"))
print("%(name)s is %(age)d" % {"name": "Ann", "age": 5, "extra": 0})
print("%*d %-*d| %.*f" % (5, 42, 5, 42, 2, 3.14159))
print("%s" % 5, "%s" % [1], "%s" % (1,), "%s and %s" % ("a", (1, 2)), "%d" % 3.99, "%d" % True, "%s" % None)
print("%d" % 10**20, "%x" % -(10**20), "%.0f" % 2.5, "%+.1e" % -0.0)
attempt(lambda: "%d" % "a")
attempt(lambda: "%s %s" % "a")
attempt(lambda: "%s" % ("a", "b"))
attempt(lambda: "%d %d" % (1,))
attempt(lambda: "%x" % 1.5)
attempt(lambda: "%c" % "ab")
attempt(lambda: "%c" % 0x110000)
attempt(lambda: "%y" % 1)
attempt(lambda: "%(a)s" % 5)
attempt(lambda: "%(a)s" % {})
attempt(lambda: "abc" % 5)
attempt(lambda: "abc" % {"a": 1})
attempt(lambda: "%" % ())
attempt(lambda: "%(a" % {})
attempt(lambda: "%f" % "x")
attempt(lambda: "%*d" % ("a", 1))
