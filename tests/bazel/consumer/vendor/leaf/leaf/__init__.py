"""Marks things."""


def mark(what):
    return f"<{what}>"
