# An order pipeline in the style of everyday business code: validation, discounts, stock, summary.
from dataclasses import dataclass, field


class OrderError(Exception):
    """Something is wrong with an order."""


class OutOfStock(OrderError):
    def __init__(self, sku, wanted, have):
        self.sku, self.wanted, self.have = sku, wanted, have

    def __str__(self):
        return f"{self.sku}: wanted {self.wanted}, have {self.have}"


@dataclass(frozen=True)
class Product:
    sku: str
    price: float
    tags: frozenset = frozenset()


@dataclass
class Line:
    product: Product
    qty: int = 1

    @property
    def total(self):
        return self.product.price * self.qty


@dataclass
class Order:
    id: int
    customer: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self):
        if not self.customer:
            raise OrderError(f"order {self.id} has no customer")

    @property
    def subtotal(self):
        return sum(l.total for l in self.lines)


class Discount:
    rules = []

    def __init__(self, name):
        self.name = name

    def __call__(self, f):
        Discount.rules.append((self.name, f))
        return f

    @classmethod
    def apply(cls, order):
        total = order.subtotal
        for name, f in cls.rules:
            if off := f(order, total):
                order.notes.append(f"{name} -{off:.2f}")
                total -= off
        return total


@Discount("bulk")
def bulk(order, total):
    return sum(l.total * 0.1 for l in order.lines if l.qty >= 10)


@Discount("books")
def books(order, total):
    return sum(l.product.price for l in order.lines if "book" in l.product.tags and l.qty > 2)


@Discount("loyal")
def loyal(order, total):
    return total * 0.05 if order.customer in {"Ann", "Eve"} else None


class Shop:
    def __init__(self, products, stock):
        self.products = {p.sku: p for p in products}
        self.stock = dict(stock)
        self.next_id, self.sold, self.failed = 1, [], []

    def order(self, customer, **lines):
        oid, self.next_id = self.next_id, self.next_id + 1
        reserved = {}
        try:
            order = Order(oid, customer)
            for sku, qty in lines.items():
                if sku not in self.products:
                    raise OrderError(f"no product {sku}")
                if not isinstance(qty, int) or qty < 1:
                    raise OrderError(f"bad quantity {qty!r} for {sku}")
                if (have := self.stock.get(sku, 0)) < qty:
                    raise OutOfStock(sku, qty, have)
                self.stock[sku] -= qty
                reserved[sku] = qty
                order.lines.append(Line(self.products[sku], qty))
            if not order.lines:
                raise OrderError("empty order")
        except OrderError as e:
            for sku, qty in reserved.items():
                self.stock[sku] += qty
            self.failed.append((oid, type(e).__name__, str(e)))
            return None
        else:
            self.sold.append((order, Discount.apply(order)))
            return order


shop = Shop([Product("pen", 1.25), Product("atlas", 30.0, frozenset({"book", "big"})), Product("tea", 4.4)], {"pen": 100, "atlas": 4, "tea": 3})
print(shop.order("Ann", pen=12, tea=1))
shop.order("Bob", atlas=3)
shop.order("Bob", pen=5, atlas=2)
shop.order("", pen=1)
shop.order("Eve", car=1)
shop.order("Eve", tea=2, pen=-1)
shop.order("Eve", tea=1.5)
shop.order("Eve")
shop.order("Eve", tea=2)
for order, total in shop.sold:
    print(f"#{order.id} {order.customer:<4} {order.subtotal:>8.2f} -> {total:>8.2f} {order.notes}")
print(shop.failed)
print(shop.stock, f"{sum(t for _, t in shop.sold):.2f}", sorted({l.product.sku for o, _ in shop.sold for l in o.lines}))
