# Poker hands: parsing, ranking, comparing.
from dataclasses import dataclass, field

RANKS = "23456789TJQKA"
NAMES = ["high card", "pair", "two pair", "three of a kind", "straight", "flush", "full house", "four of a kind", "straight flush"]


@dataclass(frozen=True, order=True)
class Card:
    rank: int
    suit: str

    @classmethod
    def parse(cls, text):
        r, s = text
        if r not in RANKS or s not in "CDHS":
            raise ValueError(f"no such card: {text}")
        return cls(RANKS.index(r) + 2, s)

    def __str__(self):
        return RANKS[self.rank - 2] + self.suit


@dataclass(order=True)
class Hand:
    value: tuple = field(init=False)
    cards: list = field(compare=False)

    def __post_init__(self):
        if len(set(self.cards)) != 5:
            raise ValueError(f"{len(set(self.cards))} different cards")
        counts = {}
        for c in self.cards:
            counts[c.rank] = counts.get(c.rank, 0) + 1
        groups = sorted(((n, r) for r, n in counts.items()), reverse=True)
        pattern = [n for n, _ in groups]
        ranks = [r for _, r in groups]
        if ranks == [14, 5, 4, 3, 2]:
            ranks = [5, 4, 3, 2, 1]
        straight = len(ranks) == 5 and ranks[0] - ranks[4] == 4
        flush = len({c.suit for c in self.cards}) == 1
        kind = (
            8 if straight and flush
            else 7 if pattern == [4, 1]
            else 6 if pattern == [3, 2]
            else 5 if flush
            else 4 if straight
            else {(3, 1, 1): 3, (2, 2, 1): 2, (2, 1, 1, 1): 1}.get(tuple(pattern), 0)
        )
        self.value = (kind, *ranks)

    @classmethod
    def parse(cls, text):
        return cls([Card.parse(t) for t in text.split()])

    @property
    def name(self):
        return NAMES[self.value[0]]

    def __str__(self):
        return " ".join(map(str, sorted(self.cards, reverse=True)))


hands = [Hand.parse(t) for t in ("2H 3D 5S 9C KD", "2C 3H 4S 8C AH", "2H 4S 4C 2D 4H", "2S 8S AS QS 3S", "TH JH QH KH AH", "5D 5C 5S 5H 2C", "AD 2C 3H 4S 5D", "9C 9D 4S 4H AC", "7C 7D 7S 2H 3C", "6C 7D 8S 9H TC")]
for h in sorted(hands, reverse=True):
    print(f"{str(h):<16} {h.name:<16} {h.value}")
print(max(hands).name, Hand.parse("KD KC 2H 3S 4D") < Hand.parse("AD AC 2C 3D 4S"), Hand.parse("KD KC 2H 3S 4D") == Hand.parse("KH KS 2C 3D 4S"))
for bad in ("2H 2H 3C 4C 5C", "1H 2H 3H 4H 5H", "2H 3H", "2HX 3H 4H 5H 6H"):
    try:
        Hand.parse(bad)
    except ValueError as e:
        print(e)
print(repr(Card.parse("QS")), hash(Card(2, "C")) == hash(Card(2, "C")), len({Card(2, "C"), Card.parse("2C")}))
