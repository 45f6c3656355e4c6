# while and for with else, break, continue and nested ones.
def find(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            result = i
            break
    else:
        result = "none"
    return result


def primes(n):
    out = []
    for p in range(2, n):
        for q in range(2, p):
            if p % q == 0:
                break
        else:
            out.append(p)
    return out


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    else:
        steps = -steps
    return steps


def skips():
    out = []
    i = 0
    while i < 10:
        i += 1
        if i % 2:
            continue
        if i == 8:
            break
        out.append(i)
    else:
        out.append("never")
    return out, i


print(find("abc", "b"), find("abc", "z"), find([], 1), primes(30), collatz(27), skips())
while True:
    break
else:
    print("no")
while False:
    print("no")
else:
    print("else of while")
for x in []:
    pass
else:
    print("else of for", "x" in globals())
for a, (b, *c) in [(1, "xyz"), (2, "q")]:
    print(a, b, c)
for i in range(3):
    for j in range(3):
        if j > i:
            break
        print(i, j, end="; ")
    else:
        print("full", i, end="; ")
        continue
    print("cut", i, end="; ")
print()


def returns_from_loop():
    for i in range(5):
        while True:
            if i == 3:
                return "returned", i
            break


print(returns_from_loop())
n = 0
for n in range(3):
    def f(): return n
print(f(), n)
