"""The functions a host program calls; their annotations become the host's types."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import load
from .errors import UnknownPackageError
from .report import render


@dataclass
class Options:
    """How a report is to look."""

    title: str = "Dependencies"
    top: int = 10
    chains: bool = True
    skip: list[str] = field(default_factory=list)


@dataclass
class Summary:
    """The figures of a lock file."""

    packages: int
    edges: int
    average_needs: float
    has_cycles: bool
    most_needed: str | None
    duplicates: dict[str, list[str]]
    longest_chain: list[str]


def report(text: str, options: Options) -> str:
    """The report of a lock file's text."""
    skip = {title.lower() for title in options.skip}
    if not options.chains:
        skip.add("longest chains")
    return render(load(text), options.title, options.top, skip)


def summary(text: str) -> Summary:
    graph = load(text)
    chains = (graph.longest_chain(root) for root in graph.roots())
    most = max(graph, key=lambda package: len(package.needed_by), default=None)
    return Summary(
        packages=len(graph),
        edges=graph.edges,
        average_needs=graph.edges / len(graph) if len(graph) else 0.0,
        has_cycles=bool(graph.cycles()),
        most_needed=most.id if most else None,
        duplicates={name: [str(v) for v in versions] for name, versions in graph.duplicates()},
        longest_chain=[package.name for package in max(chains, key=len, default=[])],
    )


def versions(text: str, name: str) -> list[str]:
    """The versions of a package, oldest first; raises UnknownPackageError."""
    return [str(package.version) for package in load(text)[name]]


def newest(text: str, name: str) -> str | None:
    """The newest version of a package, None if there is no such package."""
    try:
        return versions(text, name)[-1]
    except UnknownPackageError:
        return None


def depends_on(text: str, package: str, other: str) -> bool:
    graph = load(text)
    return graph.path(graph.resolve(package), graph.resolve(other)) is not None


def path(text: str, package: str, other: str) -> list[str] | None:
    """A shortest chain of names from one package to another."""
    graph = load(text)
    way = graph.path(graph.resolve(package), graph.resolve(other))
    return [step.name for step in way] if way else None


def fan_in(text: str, at_least: int = 1) -> dict[str, int]:
    """How many packages need each package, most needed first."""
    counts = {package.id: len(package.needed_by) for package in load(text)}
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: counts[name] for name in order if counts[name] >= at_least}


def ranks(text: str, weights: dict[str, float], damping: float = 0.85) -> dict[str, float]:
    """How much rests on each package, by id."""
    if not 0.0 < damping < 1.0:
        raise ValueError(f"damping must lie between 0 and 1, not {damping:g}")
    graph = load(text)
    return {package.id: rank for package, rank in graph.ranks(weights, damping).items()}
