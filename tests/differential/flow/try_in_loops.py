# break, continue and return through try, except, else and finally in loops.
def run(items):
    log = []
    for x in items:
        try:
            if x == "continue":
                continue
            if x == "break":
                break
            if x == "return":
                return log + ["returned"]
            if x == "raise":
                raise ValueError(x)
            log.append(x)
        except ValueError:
            log.append("caught")
            if len(log) > 3:
                break
            continue
        else:
            log.append("else")
        finally:
            log.append("f")
    else:
        log.append("loop else")
    return log


print(run([1, 2]), run(["continue", 3]), run([1, "break", 2]), run([1, "return"]), run(["raise", 4, "raise"]), run([]))


def nested(n):
    out = []
    while n:
        n -= 1
        for i in range(3):
            try:
                try:
                    if i == n:
                        break
                    out.append((n, i))
                finally:
                    out.append("inner")
            finally:
                out.append("outer")
        else:
            out.append("full")
    return out


print(nested(2), nested(4)[:4])


def generator_style(n):
    i = 0
    while True:
        try:
            i += 1
            if i % 2:
                continue
            yield i
        finally:
            if i > n:
                return


print(list(generator_style(6)))


def counts():
    n = {"try": 0, "finally": 0}
    for i in range(5):
        try:
            n["try"] += 1
            if i == 1:
                continue
            if i == 3:
                break
        finally:
            n["finally"] += i
    return n, i


print(counts())
