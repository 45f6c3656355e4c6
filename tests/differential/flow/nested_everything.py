# Loops, tries, withs and functions inside each other, left by every way out.
class Ctx:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("+", self.name, end=" ")
        return self

    def __exit__(self, kind, value, tb):
        print("-", self.name, kind.__name__ if kind else None, end=" ")
        return self.swallow


def run(how):
    for i in range(3):
        try:
            with Ctx(i, swallow=how == "swallow"):
                if i == 1:
                    if how == "break":
                        break
                    if how == "continue":
                        continue
                    if how == "return":
                        return f"returned {i}"
                    if how in ("raise", "swallow"):
                        raise ValueError(how)
                print("body", i, end=" ")
        except ValueError as e:
            print("caught", e, end=" ")
        else:
            print("else", end=" ")
        finally:
            print("finally", end=" ")
            if how == "override" and i == 2:
                return "from finally"
    else:
        print("loop else", end=" ")
    return "end"


for how in ("plain", "break", "continue", "return", "raise", "swallow", "override"):
    print(how, ":", run(how))


def finally_wins():
    while True:
        try:
            return 1
        finally:
            break
    return 2


def finally_swallows():
    for i in range(2):
        try:
            raise KeyError(i)
        finally:
            continue
    return "swallowed"


def nested_finally():
    out = []
    try:
        try:
            out.append(1)
            raise ValueError
        finally:
            out.append(2)
            try:
                raise KeyError
            except KeyError:
                out.append(3)
    except ValueError:
        out.append(4)
    finally:
        out.append(5)
    return out


print(finally_wins(), finally_swallows(), nested_finally())
