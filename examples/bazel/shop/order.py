"""Adds up orders."""

from tea import find


def total(order: str) -> int:
    """The price in cents of an order such as "2 assam, 1 sencha"."""
    cents = 0
    for line in order.split(","):
        count, name = line.split()
        cents += int(count) * find(name).cents
    return cents


def receipt(order: str) -> str:
    """The receipt for an order."""
    lines = []
    for line in order.split(","):
        count, name = line.split()
        cents = int(count) * find(name).cents
        lines.append(f"{count:>3} {name:<12}{cents / 100:>8.2f}")
    lines.append(f"{'total':<16}{total(order) / 100:>8.2f}")
    return "\n".join(lines)
