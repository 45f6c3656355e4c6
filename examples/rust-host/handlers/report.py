"""The graph as a text of sections, each a class that yields its lines."""


def plural(count, noun):
    ending = "" if count == 1 else "es" if noun.endswith("s") else "s"
    return f"{count:,} {noun}{ending}"


def bar(share, width=20):
    """A bar of `#` for a share between 0 and 1."""
    filled = round(share * width)
    return f"{'#' * filled:.<{width}}"


class Section:
    """A titled part of the report; the subclasses say what stands in it."""

    title = ""
    registered = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Section.registered.append(cls)

    def __init__(self, graph, top):
        self.graph = graph
        self.top = top

    def lines(self):
        raise NotImplementedError

    def render(self):
        yield self.title
        yield "-" * len(self.title)
        empty = True
        for line in self.lines():
            empty = False
            yield f"  {line}"
        if empty:
            yield "  none"
        yield ""

    def cut(self, items):
        """The first `top` of the items, and a last line that says how many were left out."""
        items = list(items)
        yield from items[: self.top]
        if (rest := len(items) - self.top) > 0:
            yield f"... and {rest} more"


class Overview(Section):
    title = "Overview"

    def lines(self):
        graph = self.graph
        local = [package for package in graph if package.is_local]
        yield f"{plural(len(graph), 'package')}, {len(local)} of them in the workspace"
        yield f"{plural(graph.edges, 'dependency edge')}, {graph.edges / (len(graph) or 1):.2f} each"
        by_source = {}
        for package in graph:
            where = package.source.describe()
            by_source[where] = by_source.get(where, 0) + 1
        for where, count in sorted(by_source.items(), key=lambda item: (-item[1], item[0])):
            yield f"{where:<12} {count:>5} {count / len(graph):>7.1%} {bar(count / len(graph))}"


class Duplicates(Section):
    title = "Duplicate versions"

    def lines(self):
        return self.cut(
            f"{name:<24} {', '.join(map(str, versions))}{self.note(versions)}"
            for name, versions in self.graph.duplicates()
        )

    @staticmethod
    def note(versions):
        lines = {version.line for version in versions}
        return "" if len(lines) == len(versions) else " (compatible: cargo update may join them)"


class Chains(Section):
    title = "Longest chains"

    def lines(self):
        chains = [self.graph.longest_chain(root) for root in self.graph.roots()]
        chains.sort(key=lambda chain: (-len(chain), chain[0].name))
        for chain in chains[: self.top]:
            first, *others = (package.name for package in chain)
            yield f"{first} ({len(chain)})"
            for depth, name in enumerate(others, start=1):
                yield f"{'':{2 * depth}}-> {name}"


class Cycles(Section):
    title = "Cycles"

    def lines(self):
        for group in self.graph.cycles():
            yield " <-> ".join(package.id for package in group)


class FanIn(Section):
    title = "Most needed packages"

    def lines(self):
        ranks = self.graph.ranks()
        busy = [package for package in self.graph if package.needed_by]
        busy.sort(key=lambda package: (len(package.needed_by), ranks[package]), reverse=True)
        if busy:
            yield f"{'package':<28}{'direct':>7}{'all':>6}{'rank':>9}"
        for package in busy[: self.top]:
            direct, everything = len(package.needed_by), self.graph.dependents(package)
            yield f"{package.id:<28.28}{direct:>7}{everything:>6}{ranks[package]:>9.5f}"


class Initials(Section):
    title = "Names by first letter"

    def lines(self):
        counts = {}
        for name in self.graph.by_name:
            counts[name[0].upper()] = counts.get(name[0].upper(), 0) + 1
        most = max(counts.values(), default=0)
        for letter, count in sorted(counts.items()):
            yield f"{letter} {count:>3} {'*' * round(30 * count / most)}"


def render(graph, title, top=10, skip=frozenset()):
    """The whole report, without the sections whose titles are in `skip`."""
    lines = [f" {title} ".center(72, "="), ""]
    for section in Section.registered:
        if section.title.lower() not in skip:
            lines.extend(section(graph, top).render())
    return "\n".join(lines)
