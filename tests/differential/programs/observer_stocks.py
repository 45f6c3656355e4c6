# Events, weak coupling by callables, moving averages as generators, and a text chart.
class Signal:
    def __init__(self):
        self._slots = []

    def connect(self, f, when=lambda *a: True):
        self._slots.append((f, when))
        return f

    def __call__(self, *args):
        return [f(*args) for f, when in list(self._slots) if when(*args)]


def moving(n):
    window, average = [], None
    while True:
        x = yield average
        window.append(x)
        if len(window) > n:
            del window[0]
        average = sum(window) / len(window)


def ema(alpha):
    value = yield
    while True:
        x = yield value
        value = alpha * x + (1 - alpha) * value


def primed(gen):
    next(gen)
    return gen


class Stock:
    changed = Signal()

    def __init__(self, name):
        self.name, self.prices = name, []
        self.fast, self.slow, self.exp = primed(moving(3)), primed(moving(6)), primed(ema(0.5))
        self.cross = None

    def update(self, price):
        self.prices.append(price)
        fast, slow, exp = self.fast.send(price), self.slow.send(price), self.exp.send(price)
        if fast != slow:
            state = fast > slow
            if self.cross is not None and state != self.cross:
                Stock.changed(self, "up" if state else "down", len(self.prices))
            self.cross = state
        return fast, slow, exp

    def chart(self, height=5):
        lo, hi = min(self.prices), max(self.prices)
        rows = []
        for level in range(height, 0, -1):
            cut = lo + (hi - lo) * (level - 0.5) / height
            rows.append("".join("#" if p >= cut else " " for p in self.prices).rstrip())
        return "\n".join(rows)


log = []
Stock.changed.connect(lambda s, way, at: log.append((s.name, way, at)))


@Stock.changed.connect
def shout(stock, way, at):
    print(f"{stock.name} crosses {way} at {at}")


Stock.changed.connect(lambda s, *a: print("only XYZ", a), when=lambda s, *a: s.name == "XYZ")
seed = 17
for name in ("ABC", "XYZ"):
    s, price = Stock(name), 100.0
    for day in range(30):
        seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
        price = round(price * (1 + (seed % 201 - 100) / 2000), 2)
        out = s.update(price)
    print(name, [f"{v:.3f}" for v in out], min(s.prices), max(s.prices))
    print(s.chart())
print(len(log), log[0])
