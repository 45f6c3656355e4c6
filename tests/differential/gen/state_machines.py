# Parsers and protocols written as coroutines.
def csv_parser():
    row, cell, quoted = [], "", False
    rows = []
    while True:
        ch = yield
        if ch is None:
            if quoted:
                raise ValueError("unclosed quote")
            if cell or row:
                rows.append(row + [cell])
            return rows
        if quoted:
            if ch == '"':
                ch = yield
                if ch == '"':
                    cell += '"'
                    continue
                quoted = False
                if ch is None:
                    rows.append(row + [cell])
                    return rows
            else:
                cell += ch
                continue
        if ch == '"':
            quoted = True
        elif ch == ",":
            row.append(cell)
            cell = ""
        elif ch == "\n":
            rows.append(row + [cell])
            row, cell = [], ""
        else:
            cell += ch


def feed(gen, text):
    next(gen)
    try:
        for ch in text:
            gen.send(ch)
        gen.send(None)
    except StopIteration as e:
        return e.value


for text in ('a,b\nc,"d,e"\n', '"say ""hi""",x', "", "one", '"multi\nline",2\n,', '"open'):
    try:
        print(feed(csv_parser(), text))
    except ValueError as e:
        print(e)


def traffic():
    while True:
        for state, n in (("red", 2), ("green", 3), ("yellow", 1)):
            for _ in range(n):
                command = yield state
                if command == "emergency":
                    while (yield "flash") != "clear":
                        pass
                    break


t = traffic()
print(next(t), [t.send(c) for c in (None, None, None, "emergency", None, None, "clear", None, None)])


def grep(pattern, target):
    try:
        while True:
            line = yield
            if pattern in line:
                target.send(line)
    finally:
        target.close()


def numbered(target, start=1):
    n = start
    try:
        while True:
            target.send(f"{n}: {(yield)}")
            n += 1
    finally:
        target.close()


def collect(into):
    try:
        while True:
            into.append((yield))
    except GeneratorExit:
        into.append("closed")


def start(gen):
    next(gen)
    return gen


out = []
pipe = start(grep("py", start(numbered(start(collect(out))))))
for line in ["python", "ruby", "pypy", "perl"]:
    pipe.send(line)
pipe.close()
print(out)


def broadcast(*targets):
    while True:
        item = yield
        for t in targets:
            t.send(item)


a, b = [], []
bc = start(broadcast(start(collect(a)), start(grep("x", start(collect(b))))))
for item in ("x1", "y2", "x3"):
    bc.send(item)
print(a, b)


def windowed_max(n):
    window, best = [], None
    while True:
        v = yield best
        window = (window + [v])[-n:]
        best = max(window)


w = start(windowed_max(3))
print([w.send(v) for v in (3, 1, 2, 0, 0, 5, 4)])
