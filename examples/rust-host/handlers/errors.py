"""What can go wrong while reading a lock file."""


class LockError(Exception):
    """The base of every error that this package raises on bad input."""


class LockSyntaxError(LockError):
    """The text is not what Cargo writes; knows where."""

    def __init__(self, message, line, column):
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self):
        return f"line {self.line}, column {self.column}: {self.message}"


class UnknownPackageError(LockError, LookupError):
    """A name that no package of the lock file has."""

    def __init__(self, name, known=()):
        self.name = name
        self.close = sorted(other for other in known if is_close(name, other))
        super().__init__(name)

    def __str__(self):
        text = f"no package named {self.name!r}"
        if self.close:
            text += f" (did you mean {', '.join(self.close[:3])}?)"
        return text


def is_close(left, right):
    """Whether two names differ by their separators or by one letter only."""
    left, right = (name.lower().replace("_", "-") for name in (left, right))
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    for at, (one, other) in enumerate(zip(left, right)):
        if one != other:
            same_length = len(left) == len(right)
            return left[at + same_length :] == right[at + 1 :]
    return True
