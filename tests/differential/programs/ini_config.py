# An INI reader with sections, interpolation, types and errors; a merged view over layers.
class ConfigError(Exception):
    def __init__(self, line, message):
        super().__init__(f"line {line}: {message}")


def parse(text):
    config, section = {"DEFAULT": {}}, "DEFAULT"
    key = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#")[0].rstrip()
        if not line:
            continue
        if raw[0] in " \t":
            if key is None:
                raise ConfigError(number, "unexpected indent")
            config[section][key] += "\n" + line.strip()
            continue
        if line.startswith("["):
            if not line.endswith("]"):
                raise ConfigError(number, f"bad section {line!r}")
            section, key = line[1:-1].strip(), None
            if section in config and section != "DEFAULT":
                raise ConfigError(number, f"duplicate section {section}")
            config.setdefault(section, {})
            continue
        name, sep, value = line.partition("=")
        if not sep:
            raise ConfigError(number, f"expected 'key = value', got {line!r}")
        key = name.strip().lower()
        config[section][key] = value.strip()
    return config


class Config:
    def __init__(self, text, **overrides):
        self.data, self.overrides = parse(text), overrides

    def __getitem__(self, path):
        section, _, key = path.rpartition(".")
        return self.get(section or "DEFAULT", key)

    def get(self, section, key, seen=()):
        if (section, key) in seen:
            raise RecursionError(f"{section}.{key} refers to itself")
        for layer in (self.overrides, self.data.get(section, {}), self.data["DEFAULT"]):
            if key in layer:
                value = layer[key]
                break
        else:
            raise KeyError(f"{section}.{key}")
        if not isinstance(value, str):
            return value
        while "${" in value:
            head, _, rest = value.partition("${")
            ref, _, tail = rest.partition("}")
            s, _, k = ref.rpartition(".")
            value = f"{head}{self.get(s or section, k, (*seen, (section, key)))}{tail}"
        return self.convert(value)

    @staticmethod
    def convert(value):
        for kind in (int, float):
            try:
                return kind(value)
            except ValueError:
                continue
        low = value.lower()
        if low in ("yes", "true", "on"):
            return True
        if low in ("no", "false", "off"):
            return False
        return [v.strip() for v in value.split("\n")] if "\n" in value else value

    def __iter__(self):
        for section, items in self.data.items():
            for key in items:
                yield f"{section}.{key}"


TEXT = """\
root = /srv
debug = off   # comment
[server]
host = example.org
Port = 8080
url = http://${host}:${port}/
path = ${root}/www
modules =
  auth
  db
ratio = 0.75
[loop]
a = ${b}
b = ${a}
[empty]
"""
c = Config(TEXT, port=9090)
for path in list(c)[:7] + ["server.root", "server.nope", "loop.a", "empty.debug", "debug", "nosection.root"]:
    try:
        print(path, "=", repr(c[path]))
    except (KeyError, RecursionError) as e:
        print(path, "!", type(e).__name__, e)
for bad in ("  x = 1", "[open", "[a]\n[a]", "novalue"):
    try:
        parse(bad)
    except ConfigError as e:
        print(repr(bad), e)
print(sorted(c.data), parse("") == {"DEFAULT": {}})
