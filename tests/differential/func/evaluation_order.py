# Left to right, and the right side of an assignment first.
def t(x):
    print(x, end=" ")
    return x


def call(*args, **kw):
    print()
    return lambda *a, **k: None


call(t(1), t(2), *[t(3)], k=t(4), **{"m": t(5)})
print(t(1) + t(2) * t(3) - t(4))
d = {t("k1"): t("v1"), t("k2"): t("v2")}
print()
l = [t(1), t(2), *[t(3)]]
print()


class Target:
    def __getattr__(self, name):
        t("get " + name)
        return self

    def __setattr__(self, name, value):
        t("set " + name)

    def __getitem__(self, k):
        t(f"item {k}")
        return 0

    def __setitem__(self, k, v):
        t(f"setitem {k}")


o = Target()


def target():
    t("target")
    return o


target().x = t("value")
print()
target()[t("index")] = t("value")
print()
target()[t("a")], target()[t("b")] = t("v1"), t("v2")
print()
target()[t("aug")] += t(1)
print()
a = b = t("chain")
print()
x = t(0) or t("") or t("last") or t("never")
print()
x = t(1) and t(0) and t("never")
print()
print(t(1) < t(5) < t(3) < t("never"))
print(t("yes") if t(1) else t("no"))
assert t(1), t("message")
print()
print([t(i) for i in t([1, 2]) if t(True)])
print(t("obj").replace(t("o"), t("0")))
print(f"{t(1)}{t(2):{t(5)}}")
y: t("annotation") = t("annotated")
print()
del l[t(0)]
