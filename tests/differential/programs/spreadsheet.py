# Cells with formulas, dependencies, recalculation, cycles.
class CellError(Exception):
    pass


class Sheet:
    functions = {"SUM": sum, "MAX": max, "MIN": min, "COUNT": len, "AVG": lambda v: sum(v) / len(v)}

    def __init__(self):
        self.cells, self.cache, self.evaluations = {}, {}, 0

    def __setitem__(self, name, content):
        self.cells[name] = content
        self.cache.clear()

    def __getitem__(self, name):
        if name not in self.cache:
            self.cache[name] = self.evaluate(name, ())
        v = self.cache[name]
        if isinstance(v, CellError):
            raise v
        return v

    def evaluate(self, name, path):
        if name in path:
            raise CellError("cycle " + ">".join(path[path.index(name) :] + (name,)))
        if name in self.cache:
            return self.cache[name]
        self.evaluations += 1
        content = self.cells.get(name, 0)
        if isinstance(content, str) and content.startswith("="):
            value = self.formula(content[1:], path + (name,))
        else:
            value = content
        self.cache[name] = value
        return value

    def formula(self, text, path):
        text = text.strip()
        for ops in ("+-", "*/"):
            depth = 0
            for i in range(len(text) - 1, 0, -1):
                ch = text[i]
                depth += (ch == ")") - (ch == "(")
                if depth == 0 and ch in ops:
                    a, b = self.formula(text[:i], path), self.formula(text[i + 1 :], path)
                    try:
                        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[ch]()
                    except (TypeError, ZeroDivisionError) as e:
                        raise CellError(f"{path[-1]}: {e}") from e
        if text.endswith(")"):
            head, _, inner = text[:-1].partition("(")
            if not head:
                return self.formula(inner, path)
            if head not in self.functions:
                raise CellError(f"{path[-1]}: no function {head}")
            return self.functions[head]([v for part in inner.split(",") for v in self.range(part, path)])
        if text[:1].isalpha():
            return self.evaluate(text, path)
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            raise CellError(f"{path[-1]}: cannot read {text!r}") from None

    def range(self, part, path):
        a, colon, b = part.strip().partition(":")
        if not colon:
            yield self.formula(a, path)
            return
        for col in range(ord(a[0]), ord(b[0]) + 1):
            for row in range(int(a[1:]), int(b[1:]) + 1):
                yield self.evaluate(f"{chr(col)}{row}", path)

    def show(self):
        for name in sorted(self.cells):
            try:
                print(f"{name}: {self[name]!s:<8} {self.cells[name]}")
            except CellError as e:
                print(f"{name}: #{e}")


s = Sheet()
for i, v in enumerate([10, 20, 30.5], 1):
    s[f"A{i}"] = v
    s[f"B{i}"] = f"=A{i}*2"
s["C1"] = "=SUM(A1:B3)"
s["C2"] = "=C1/COUNT(A1:A3) - AVG(A1,A2,(A3+1)*2)"
s["C3"] = "=MAX(A1:A3)+D9"
s["D1"] = "text"
s["D2"] = "=D1+1"
s["D3"] = "=D4"
s["D4"] = "=D5+1"
s["D5"] = "=D3*2"
s["E1"] = "=1/E9"
s["E2"] = "=FOO(A1)"
s["E3"] = "=12x"
s.show()
before = s.evaluations
s["A1"] = 100
print(s["C1"], s["B1"], s.evaluations - before)
try:
    s["D2"]
except CellError as e:
    print(type(e.__cause__).__name__)
