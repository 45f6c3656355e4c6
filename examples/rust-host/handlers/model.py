"""Packages, their versions and their sources."""


class Version:
    """A semantic version, ordered as Cargo orders them: a pre-release before its release."""

    def __init__(self, text):
        self.text = text
        core, _, self.build = text.partition("+")
        core, _, pre = core.partition("-")
        numbers = core.split(".")
        if len(numbers) != 3 or not all(part.isdigit() for part in numbers):
            raise ValueError(f"not a version: {text!r}")
        self.major, self.minor, self.patch = map(int, numbers)
        self.pre = tuple(pre.split(".")) if pre else ()

    @property
    def key(self):
        # A number sorts before a word, and as a number; no pre-release at all comes last.
        parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in self.pre]
        return (self.major, self.minor, self.patch, not self.pre, parts)

    @property
    def line(self):
        """What versions compatible with this one have in common: `1`, `0.4` or `0.0.7`."""
        if self.major:
            return str(self.major)
        if self.minor:
            return f"0.{self.minor}"
        return f"0.0.{self.patch}"

    def __eq__(self, other):
        return self.text == other.text if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self.key < other.key if isinstance(other, Version) else NotImplemented

    def __hash__(self):
        return hash(self.text)

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"Version({self.text!r})"


class Source:
    """Where a package comes from."""

    kind = "unknown"

    def __init__(self, address=""):
        self.address = address

    def describe(self):
        return f"{self.kind} {self.address}".rstrip()

    @classmethod
    def of(cls, text):
        """The source that a lock file names; a package without one is the workspace's own."""
        if text is None:
            return Workspace()
        scheme, plus, rest = text.partition("+")
        for candidate in cls.__subclasses__():
            if plus and scheme == candidate.kind:
                return candidate(rest)
        return Source(text)


class Workspace(Source):
    kind = "workspace"


class Registry(Source):
    kind = "registry"

    def describe(self):
        host = self.address.split("//")[-1]
        return host.split("/")[0]


class Git(Source):
    kind = "git"

    def __init__(self, address):
        address, _, self.commit = address.partition("#")
        super().__init__(address)

    def describe(self):
        return f"{super().describe()} at {self.commit[:8]}"


class Package:
    """One `[[package]]` of the lock file, linked to the packages that it needs."""

    def __init__(self, name, version, source=None, checksum=None, wanted=()):
        self.name = name
        self.version = version
        self.source = source or Workspace()
        self.checksum = checksum
        self.wanted = list(wanted)
        self.needs = []
        self.needed_by = []

    @classmethod
    def from_table(cls, table):
        return cls(
            table["name"],
            Version(table["version"]),
            Source.of(table.get("source")),
            table.get("checksum"),
            table.get("dependencies", ()),
        )

    @property
    def id(self):
        return f"{self.name} {self.version}"

    @property
    def is_local(self):
        return isinstance(self.source, Workspace)

    def link(self, other):
        self.needs.append(other)
        other.needed_by.append(self)

    def __lt__(self, other):
        return (self.name, self.version) < (other.name, other.version)

    def __repr__(self):
        return f"<Package {self.id}>"
