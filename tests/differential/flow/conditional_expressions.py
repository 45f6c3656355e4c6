# Ternaries, short circuits and boolean values in every position.
def t(x):
    print(x, end=" ")
    return x


a = t(1) if t(True) else t(2)
b = t(1) if t(0) else t(2) if t(0) else t(3)
c = (t("x") if False else t("y")) + (t("z") if 1 else t("w"))
print(a, b, c)
print(t(0) or t(5) and t(6), t(0) and t(5) or t(6), not t(0) and t(1), t(0) or t("") or t([]), t(1) and t([]) and t(2))
print([x if x > 1 else -x for x in range(4)], {("even" if i % 2 == 0 else "odd"): i for i in range(4)}, (lambda n: "neg" if n < 0 else "zero" if n == 0 else "pos")(0))
f = (lambda: 1) if t(1) else (lambda: 2)
print(f(), (len if True else sum)("abc"), ("a" if 0 else "b").upper(), [1, 2][0 if t(0) else 1], {"k": 1 if 1 else 2}["k" if 1 else "j"])
x = 5
y = x if x > 3 else None
z = None or x and "yes"
print(y, z, x and None, (x or 1) + (None or 2), x > 3 and x < 10, 1 if x else 2, -1 if not x else +1, bool(x and y), x == 5 or 1 / 0, x != 5 and 1 / 0)


def default(v=None):
    v = v if v is not None else []
    return v or "empty"


print(default(), default(0), default([1]), (yield_ := 3) if True else 4, "even" if x % 2 == 0 else "odd", f"{'many' if x > 1 else 'one'} {x if x else 'none'}")
print(*(t(i) if i else t("none") for i in range(2)), sep=",")
assert x if x else 0, "never"
while x if x > 2 else 0:
    x -= 1
print(x, [] if x else {}, () if not x else (x,), max(x if x > 2 else 0, 1), 1 if x else 0 if y else 2)
