# The above exception was the direct cause.
class ConfigError(Exception):
    pass


def parse(text):
    try:
        return int(text)
    except ValueError as e:
        raise ConfigError(f"bad number {text!r}") from e


def load():
    for t in ["1", "two"]:
        parse(t)


try:
    load()
except ConfigError as e:
    print("first time:", e)
load()
