class ParseError(Exception):
    def __str__(self):
        return f"cannot parse {self.args[0]!r}"
