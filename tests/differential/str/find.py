# Searching from both ends, with bounds.
def attempt(f, *args):
    try:
        print(args, f(*args))
    except Exception as e:
        print(args, type(e).__name__, e)


s = "abracadabra"
for method in (s.find, s.rfind, s.index, s.rindex, s.count):
    print(method.__name__)
    attempt(method, "abra")
    attempt(method, "a")
    attempt(method, "zz")
    attempt(method, "")
    attempt(method, "a", 1)
    attempt(method, "a", -3)
    attempt(method, "bra", 2, 10)
    attempt(method, "", 20)
    attempt(method, "", 11)
    attempt(method, "a", None, 3)
    attempt(method, "a", 5, 2)
    attempt(method, 5)
    attempt(method, "a", "b")
    attempt(method)
print("aaaa".count("aa"), "€a€a".find("a€"), "😀x😀".rfind("😀"), "ab".find("abc"), "".count(""), "abc".count(""))
for prefix in ("ab", "", "x", ("x", "ab"), (), ("",)):
    print(s.startswith(prefix), s.endswith(prefix), s.startswith(prefix, 7), s.endswith(prefix, 0, 2))
attempt(s.startswith, 1)
attempt(s.endswith, ["a"])
attempt(s.startswith, ("a", 1))
attempt(s.startswith, ("x", 1))
print(s.startswith("abra", -4), s.startswith("", 20), s.endswith("bra", 9))
