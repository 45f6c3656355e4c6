"""Puts tokens together: a lock file's text as nested dicts and lists."""

from .tokens import tokenize


class Parser:
    """A recursive descent over the tokens, with one token of lookahead."""

    def __init__(self, tokens):
        self.tokens = iter(tokens)
        self.current = next(self.tokens)

    def advance(self):
        token = self.current
        self.current = next(self.tokens, token)
        return token

    def accept(self, *kinds):
        """The current token if it is one of `kinds`, else None."""
        if self.current.kind in kinds:
            return self.advance()
        return None

    def expect(self, kind):
        token = self.accept(kind)
        if token is None:
            found = self.current.value if self.current.kind != "eof" else "end of file"
            raise self.current.error(f"expected {kind}, found {found!r}")
        return token

    def skip_line_ends(self):
        while self.accept("end"):
            pass

    def document(self):
        top = {}
        table = top
        while True:
            self.skip_line_ends()
            if self.accept("eof"):
                return top
            if self.current.kind in ("open table", "["):
                table = self.header(top)
            else:
                self.pair(table)

    def header(self, top):
        repeated = self.advance().kind == "open table"
        name = self.expect("key")
        self.expect("close table" if repeated else "]")
        table = {}
        if repeated:
            top.setdefault(name.value, []).append(table)
        elif name.value in top:
            raise name.error(f"table {name.value!r} stands here twice")
        else:
            top[name.value] = table
        return table

    def pair(self, table):
        key = self.accept("string") or self.expect("key")
        if key.value in table:
            raise key.error(f"key {key.value!r} stands here twice")
        self.expect("=")
        table[key.value] = self.value()
        if not self.accept("end", "eof"):
            raise self.current.error("more than one value on a line")

    def value(self):
        if self.accept("["):
            return list(self.items())
        token = self.accept("string", "number")
        if token is None:
            raise self.current.error("expected a value")
        return token.value

    def items(self):
        """The values of an array whose `[` was read, line ends and a last comma allowed."""
        self.skip_line_ends()
        while not self.accept("]"):
            yield self.value()
            self.skip_line_ends()
            if self.accept(","):
                self.skip_line_ends()
            elif self.current.kind != "]":
                raise self.current.error("expected ',' or ']'")


def parse(text):
    """The tables of a lock file: `version`, and a list of dicts under `package`."""
    return Parser(tokenize(text)).document()
