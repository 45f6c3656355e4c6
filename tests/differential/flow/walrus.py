# Assignment expressions where programs use them.
data = iter([3, 1, 4, 1, 5])
while (n := next(data, None)) is not None:
    print(n, end=" ")
print(n)
if (m := len("hello")) > 3:
    print(m)
print((a := 1) + (a := 2) * a, a)
values = [y := 5, y**2, y - 1]
print(values, y)


def f(x=(z := 9)):
    return x + z


print(f(), z)
print([(k, v) for k in range(5) if (v := k * k) % 2 == 0], v)
total = 0
partial = [total := total + x for x in range(5)]
print(partial, total)
print(any((w := word).startswith("c") for word in ["a", "cat", "dog"]), w)
if (lst := []) or (fallback := "fb"):
    print(lst, fallback)
d = {(key := "k"): (val := 1)}
print(d, key, val, (lambda: (inner := 5) * inner)())
x = (p := 1, q := 2)
print(x, p, q, f"{(r := 3)} {r:=5}")
while chunk := "abcdef"[total - 10 : total - 8]:
    print(chunk, end=" ")
    total += 2
print(repr(chunk))


def search(items):
    for item in items:
        if not (digits := [c for c in item if c.isdigit()]):
            continue
        return "".join(digits)


print(search(["abc", "d4e5"]))
