# Every list method, with its errors.
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


l = [3, 1, 2]
l.append(5)
l.extend("ab")
l.insert(0, "first")
l.insert(-1, "near end")
l.insert(100, "end")
l.insert(-100, "start")
print(l, len(l))
print(l.pop(), l.pop(0), l.pop(-2), l)
l.remove("a")
attempt(lambda: l.remove("zz"))
attempt(lambda: l.index("zz"))
attempt(lambda: l.index(5, 0, 2))
attempt(lambda: l.index(5, -3))
attempt(lambda: l.count(5))
attempt(lambda: l.pop(20))
attempt(lambda: [].pop())
attempt(lambda: l.pop("a"))
attempt(lambda: l.insert("a", 1))
attempt(lambda: l.insert(1))
attempt(lambda: l.append())
attempt(lambda: l.append(1, 2))
attempt(lambda: l.extend(5))
attempt(lambda: l.index())
attempt(lambda: l.copy(1))
attempt(lambda: l.push(1))
l.reverse()
print(l, l.copy() == l, l.copy() is l)
l.clear()
print(l, list(), list("abc"), list((1, 2)), list({1: 2}), list(range(3)), [*range(2), *"x"])
attempt(lambda: list(5))
attempt(lambda: list(1, 2))
attempt(lambda: list(x=1))
n = [1, 2]
n.extend(n)
print(n, n.extend(x * 2 for x in (1, 2)), n)
