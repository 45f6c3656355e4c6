"""The packages as a graph: an edge leads from a package to each one that it needs."""

from .errors import LockError, UnknownPackageError
from .model import Package


class Graph:
    def __init__(self, packages):
        self.packages = sorted(packages)
        self.by_name = {}
        for package in self.packages:
            self.by_name.setdefault(package.name, []).append(package)
        for package in self.packages:
            for wanted in package.wanted:
                package.link(self.resolve(wanted, package))

    @classmethod
    def from_tables(cls, tables):
        packages = []
        for position, table in enumerate(tables, start=1):
            try:
                packages.append(Package.from_table(table))
            except KeyError as error:
                raise LockError(f"package {position} has no {error.args[0]}") from None
            except ValueError as error:
                raise LockError(f"package {position}: {error}") from error
        return cls(packages)

    def __len__(self):
        return len(self.packages)

    def __iter__(self):
        return iter(self.packages)

    def __contains__(self, name):
        return name in self.by_name

    def __getitem__(self, name):
        """All versions of a package, oldest first."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownPackageError(name, self.by_name) from None

    def resolve(self, wanted, wanted_by=None):
        """The package that `name`, `name version` or `name version (source)` means."""
        name, *rest = wanted.split(" ")
        found = self[name]
        if rest:
            found = [package for package in found if package.version.text == rest[0]]
        if len(found) != 1:
            who = f"{wanted_by.id}: " if wanted_by else ""
            raise LockError(f"{who}{wanted!r} means {len(found)} packages")
        return found[0]

    @property
    def edges(self):
        return sum(len(package.needs) for package in self)

    def duplicates(self):
        """Yields `(name, versions)` of the packages that are there more than once."""
        for name, packages in self.by_name.items():
            if len(packages) > 1:
                yield name, [package.version for package in packages]

    def walk(self, start, step=lambda package: package.needs):
        """Yields every package reachable from `start` once, nearest first."""
        seen = {start}
        level = [start]
        while level:
            yield from level
            following = []
            for package in level:
                for other in step(package):
                    if other not in seen:
                        seen.add(other)
                        following.append(other)
            level = following

    def dependents(self, package):
        """How many packages would be built anew if this one changed."""
        return sum(1 for _ in self.walk(package, lambda each: each.needed_by)) - 1

    def path(self, start, goal):
        """A shortest way from one package to another, or None."""
        came_from = {start: None}
        for package in self.walk(start):
            if package is goal:
                break
            for other in package.needs:
                came_from.setdefault(other, package)
        else:
            return None
        way = []
        step = goal
        while step is not None:
            way.append(step)
            step = came_from[step]
        return way[::-1]

    def cycles(self):
        """The groups of packages that need each other (Tarjan's algorithm)."""
        index = {}
        low = {}
        stack = []
        on_stack = set()
        found = []

        def visit(package):
            index[package] = low[package] = len(index)
            stack.append(package)
            on_stack.add(package)
            for other in package.needs:
                if other not in index:
                    visit(other)
                    low[package] = min(low[package], low[other])
                elif other in on_stack:
                    low[package] = min(low[package], index[other])
            if low[package] == index[package]:
                group = []
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    group.append(member)
                    if member is package:
                        break
                if len(group) > 1 or package in package.needs:
                    found.append(sorted(group))

        for package in self:
            if package not in index:
                visit(package)
        return found

    def longest_chain(self, start):
        """The longest chain of needs from `start` on; an edge back into the chain ends it."""
        best = {}
        active = set()

        def chain(package):
            if package in best:
                return best[package]
            active.add(package)
            tails = [chain(other) for other in package.needs if other not in active]
            active.remove(package)
            best[package] = (package, *max(tails, key=len, default=()))
            return best[package]

        return list(chain(start))

    def roots(self):
        """The packages that nothing else needs."""
        return [package for package in self if not package.needed_by]

    def ranks(self, weights=None, damping=0.85, rounds=40):
        """How much rests on each package, as a page rank over its dependents."""
        weights = weights or {}
        base = {package: weights.get(package.name, 1.0) for package in self}
        total = sum(base.values())
        rank = {package: weight / total for package, weight in base.items()}
        for _ in range(rounds):
            loose = sum(rank[package] for package in self if not package.needs)
            fresh = {}
            for package in self:
                received = sum(rank[other] / len(other.needs) for other in package.needed_by)
                share = base[package] / total
                fresh[package] = (1 - damping) * share + damping * (received + loose * share)
            rank = fresh
        return rank
