# A JSON reader and writer.
class JsonError(ValueError):
    pass


class Reader:
    literals = {"true": True, "false": False, "null": None}
    escapes = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "r": "\r"}

    def __init__(self, s):
        self.s, self.i = s, 0

    def fail(self, what):
        line = self.s.count("\n", 0, self.i) + 1
        col = self.i - self.s.rfind("\n", 0, self.i)
        raise JsonError(f"{what} (line {line}, column {col})")

    def ws(self):
        while self.i < len(self.s) and self.s[self.i] in " \t\r\n":
            self.i += 1

    def peek(self):
        self.ws()
        return self.s[self.i] if self.i < len(self.s) else ""

    def value(self):
        ch = self.peek()
        if ch == "{":
            return dict(self.members("}", self.pair))
        if ch == "[":
            return list(self.members("]", self.value))
        if ch == '"':
            return self.string()
        if ch in set("-0123456789") and ch:
            return self.number()
        for word, v in self.literals.items():
            if self.s.startswith(word, self.i):
                self.i += len(word)
                return v
        self.fail(f"unexpected {ch!r}" if ch else "unexpected end")

    def members(self, close, item):
        self.i += 1
        if self.peek() == close:
            self.i += 1
            return
        while True:
            yield item()
            ch = self.peek()
            self.i += 1
            if ch == close:
                return
            if ch != ",":
                self.i -= 1
                self.fail(f"expected ',' or {close!r}")

    def pair(self):
        if self.peek() != '"':
            self.fail("expected a key")
        k = self.string()
        if self.peek() != ":":
            self.fail("expected ':'")
        self.i += 1
        return k, self.value()

    def string(self):
        self.i += 1
        out = []
        while True:
            if self.i >= len(self.s):
                self.fail("unterminated string")
            ch = self.s[self.i]
            self.i += 1
            if ch == '"':
                return "".join(out)
            if ch == "\\":
                e = self.s[self.i]
                self.i += 1
                if e == "u":
                    out.append(chr(int(self.s[self.i : self.i + 4], 16)))
                    self.i += 4
                elif e in self.escapes:
                    out.append(self.escapes[e])
                else:
                    self.fail(f"bad escape {e!r}")
            else:
                out.append(ch)

    def number(self):
        j = self.i
        while j < len(self.s) and self.s[j] in "+-.eE0123456789":
            j += 1
        text, self.i = self.s[self.i : j], j
        return float(text) if set(text) & set(".eE") else int(text)


def loads(s):
    r = Reader(s)
    v = r.value()
    if r.peek():
        r.fail("extra data")
    return v


def dumps(v, indent=None, level=0):
    nl = "\n" + " " * (indent * (level + 1)) if indent else ""
    end = "\n" + " " * (indent * level) if indent else ""
    sep = "," + (nl or " ")
    if v is None or v is True or v is False:
        return {None: "null", True: "true", False: "false"}[v]
    if isinstance(v, (int, float)):
        return repr(v)
    if isinstance(v, str):
        out = "".join({'"': '\\"', "\\": "\\\\", "\n": "\\n"}.get(c, c if 31 < ord(c) < 127 else f"\\u{ord(c):04x}") for c in v)
        return f'"{out}"'
    if isinstance(v, dict):
        items = sep.join(f"{dumps(str(k))}: {dumps(x, indent, level + 1)}" for k, x in v.items())
        return "{" + nl + items + end + "}" if v else "{}"
    if isinstance(v, (list, tuple)):
        return "[" + nl + sep.join(dumps(x, indent, level + 1) for x in v) + end + "]" if v else "[]"
    raise TypeError(f"{type(v).__name__} is not JSON serializable")


text = '{"name": "Zo\\u00eb \\"Z\\"", "tags": ["a", "b\\n", []], "n": -12, "x": 1.5e3, "ok": true, "none": null, "deep": {"k": {"j": [1, [2, [3]]]}}, "e": {}}'
data = loads(text)
print(data)
print(dumps(data), loads(dumps(data)) == data)
print(dumps(data, indent=2))
for bad in ["", "{", "[1, 2", '{"a" 1}', "[1 2]", '"abc', "nul", '{"a": 1}\n x', '["\\q"]', "[1,\n 2,\n }"]:
    try:
        print(loads(bad))
    except JsonError as e:
        print(repr(bad), "->", e)
try:
    dumps({"a": {1, 2}})
except TypeError as e:
    print(e)
