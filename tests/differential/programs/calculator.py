# A calculator: tokeniser, recursive descent, variables, errors with positions.
class CalcError(Exception):
    def __init__(self, message, pos):
        super().__init__(f"{message} at {pos}")
        self.pos = pos


class Lexer:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def __iter__(self):
        while self.pos < len(self.text):
            ch = self.text[self.pos]
            start = self.pos
            if ch.isspace():
                self.pos += 1
            elif ch.isdigit() or ch == ".":
                while self.pos < len(self.text) and (self.text[self.pos].isdigit() or self.text[self.pos] == "."):
                    self.pos += 1
                lit = self.text[start : self.pos]
                try:
                    yield "num", float(lit) if "." in lit else int(lit), start
                except ValueError:
                    raise CalcError(f"bad number {lit!r}", start) from None
            elif ch.isalpha():
                while self.pos < len(self.text) and self.text[self.pos].isalnum():
                    self.pos += 1
                yield "name", self.text[start : self.pos], start
            elif ch in "+-*/^()=":
                self.pos += 1
                yield ch, ch, start
            else:
                raise CalcError(f"unexpected {ch!r}", start)
        yield "end", None, self.pos


class Calc:
    def __init__(self):
        self.vars = {"pi": 3.14}

    def run(self, text):
        self.tokens = list(Lexer(text))
        self.i = 0
        if len(self.tokens) > 2 and self.tokens[0][0] == "name" and self.tokens[1][0] == "=":
            self.i = 2
            value = self.vars[self.tokens[0][1]] = self.expr()
        else:
            value = self.expr()
        self.expect("end")
        return value

    @property
    def kind(self):
        return self.tokens[self.i][0]

    def expect(self, kind):
        k, v, pos = self.tokens[self.i]
        if k != kind:
            raise CalcError(f"expected {kind}, got {k}", pos)
        self.i += 1
        return v

    def expr(self):
        v = self.term()
        while self.kind in ("+", "-"):
            op = self.expect(self.kind)
            r = self.term()
            v = v + r if op == "+" else v - r
        return v

    def term(self):
        v = self.power()
        while self.kind in ("*", "/"):
            op, pos = self.expect(self.kind), self.tokens[self.i][2]
            r = self.power()
            if op == "/":
                try:
                    v = v / r
                except ZeroDivisionError as e:
                    raise CalcError(str(e), pos) from e
            else:
                v *= r
        return v

    def power(self):
        base = self.unary()
        if self.kind == "^":
            self.expect("^")
            return base ** self.power()
        return base

    def unary(self):
        if self.kind == "-":
            self.expect("-")
            return -self.unary()
        if self.kind == "(":
            self.expect("(")
            v = self.expr()
            self.expect(")")
            return v
        if self.kind == "name":
            name, pos = self.expect("name"), self.tokens[self.i - 1][2]
            if name not in self.vars:
                raise CalcError(f"unknown {name}", pos)
            return self.vars[name]
        return self.expect("num")


c = Calc()
for line in ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = 10 / 4", "x * 2 - y", "y = x ^ 2", "y / (x - 2.5)", "2 +", "3 $ 4", "1.2.3", "2 ^ 100", "(1", "pi * 2", "--3", "9 / 3 / 3"]:
    try:
        print(f"{line:<16} = {c.run(line)}")
    except CalcError as e:
        print(f"{line:<16} ! {e} {type(e.__cause__).__name__}")
print(c.vars)
