from .errors import ParseError


def parse_all(texts):
    return [parse(t) for t in texts]


def parse(text):
    try:
        return int(text)
    except ValueError as e:
        raise ParseError(text) from e
