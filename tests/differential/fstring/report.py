# A report built of f-strings.
class Item:
    def __init__(self, name, qty, price):
        self.name, self.qty, self.price = name, qty, price

    @property
    def total(self):
        return self.qty * self.price


items = [Item("Widget", 10, 2.5), Item("Gadget (large)", 3, 1234.5), Item("Ünïcode", 1, 0.1)]
width = max(len(i.name) for i in items)
print(f"{'name':<{width}} {'qty':>5} {'price':>10} {'total':>12}")
print(f"{'':-<{width}} {'':->5} {'':->10} {'':->12}")
for i in items:
    print(f"{i.name:<{width}} {i.qty:>5d} {i.price:>10.2f} {i.total:>12,.2f}")
print(f"{'sum':<{width}} {sum(i.qty for i in items):>5} {'':>10} {sum(i.total for i in items):>12,.2f}")
best = max(items, key=lambda i: i.total)
print(f"best: {best.name!r} with {best.total / sum(i.total for i in items):.1%}")
for n in (0, 1, 2, 11, 1000):
    print(f"{n} item{'' if n == 1 else 's'}", end="; ")
print()
table = [[1, 10, 100], [22, 3, 4]]
print("\n".join(" | ".join(f"{c:^5}" for c in row) for row in table))
secs = 3725
print(f"{secs // 3600:02}:{secs % 3600 // 60:02}:{secs % 60:02}", f"{0x1F:08b}", f"{'#' * 5:.<10}", f"{7 / 3:.3}", f"{1e-9:.2g}")
