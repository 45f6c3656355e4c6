"""Cuts the text of a lock file into tokens.

Cargo writes a small part of TOML: comments, table headers, bare keys, strings, numbers and
arrays of strings. That part is read here, and anything else is refused.
"""

from .errors import LockSyntaxError

PUNCTUATION = {
    "[[": "open table",
    "]]": "close table",
    "[": "[",
    "]": "]",
    "=": "=",
    ",": ",",
}
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class Token:
    """A piece of the text: its kind, its value and where it stands."""

    __slots__ = ("kind", "value", "line", "column")

    def __init__(self, kind, value, line, column):
        self.kind = kind
        self.value = value
        self.line = line
        self.column = column

    def __repr__(self):
        return f"Token({self.kind}, {self.value!r}, {self.line}:{self.column})"

    def error(self, message):
        return LockSyntaxError(message, self.line, self.column)


def tokenize(text):
    """Yields the tokens of every line, each line closed by a token of kind `end`."""
    number = 0
    for number, line in enumerate(text.splitlines(), start=1):
        yield from tokenize_line(line, number)
        yield Token("end", "\n", number, len(line) + 1)
    yield Token("eof", "", number + 1, 1)


def tokenize_line(line, number):
    at = 0
    while at < len(line):
        char = line[at]
        column = at + 1
        if char in " \t":
            at += 1
        elif char == "#":
            return
        elif char == '"':
            value, at = read_string(line, at + 1, number)
            yield Token("string", value, number, column)
        elif (pair := line[at : at + 2]) in PUNCTUATION and is_table_header(line, at):
            yield Token(PUNCTUATION[pair], pair, number, column)
            at += 2
        elif char in PUNCTUATION:
            yield Token(PUNCTUATION[char], char, number, column)
            at += 1
        elif is_word(char):
            end = at + 1
            while end < len(line) and is_word(line[end]):
                end += 1
            word = line[at:end]
            kind = "number" if word.isdigit() else "key"
            yield Token(kind, int(word) if kind == "number" else word, number, column)
            at = end
        else:
            raise LockSyntaxError(f"unexpected character {char!r}", number, column)


def is_word(char):
    return char.isalnum() or char in "-_."


def is_table_header(line, at):
    """`[[` opens a table at the start of a line only; elsewhere it is two brackets."""
    return line[at] == "]" or not line[:at].strip()


def read_string(line, at, number):
    """The string that starts after the quote before `at`, and the index behind its end."""
    pieces = []
    while True:
        if at >= len(line):
            raise LockSyntaxError("a string without end", number, len(line) + 1)
        char = line[at]
        at += 1
        if char == '"':
            return "".join(pieces), at
        if char == "\\":
            try:
                pieces.append(ESCAPES[line[at]])
            except (KeyError, IndexError) as error:
                raise LockSyntaxError("a bad escape", number, at) from error
            at += 1
        else:
            pieces.append(char)
