"""Formatting numbers and text with f-strings, format specs, % and join."""


def invoice(number, items):
    lines = [f"Invoice {number:06d}", "=" * 30]
    total = 0.0
    for name, count, price in items:
        amount = count * price
        total += amount
        lines.append(f"{name:<14}{count:>4} x {price:>7.2f}{amount:>12,.2f}")
    lines.append(f"{'total':<14}{total:>26,.2f}")
    return "\n".join(lines)


def main():
    size = 0
    items = [("apples", 12, 0.35), ("coffee", 2, 7.9), ("chairs", 4, 129.99), ("nails", 1000, 0.02)]
    for number in range(350_000):
        size += len(invoice(number, items))
    for number in range(350_000):
        size += len("%d items at %.3f: %s" % (number, number / 7, "ok"))
        size += len(str(number)) + len(repr(number / 3)) + len(f"{number:x}{number!r}")
    print("formatting", size)


main()
