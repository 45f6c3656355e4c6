# A world of rooms and items driven by commands.
class Item:
    def __init__(self, name, weight=1, **props):
        self.name, self.weight = name, weight
        self.__dict__.update(props)

    def __str__(self):
        return self.name


class Room:
    def __init__(self, name, text, *items):
        self.name, self.text = name, text
        self.items, self.exits = list(items), {}

    def connect(self, way, other, locked=False):
        back = {"north": "south", "east": "west", "up": "down"}
        self.exits[way] = [other, locked]
        other.exits[back[way]] = [self, locked]
        return other


class Game:
    def __init__(self, start):
        self.room, self.bag, self.turns, self.over = start, {}, 0, False

    def do(self, line):
        verb, *words = line.lower().split()
        action = getattr(self, f"do_{verb}", None)
        self.turns += 1
        try:
            return action(*words) if action else f"You do not know how to {verb}."
        except TypeError as e:
            return f"{verb.capitalize()} what? ({str(e).split('.')[-1]})"

    def find(self, name, where):
        for item in where:
            if item.name == name:
                return item
        raise LookupError(name)

    def do_look(self):
        out = [f"{self.room.name}: {self.room.text}"]
        if self.room.items:
            out.append("You see " + " and ".join(map(str, self.room.items)) + ".")
        out.append("Exits: " + ", ".join(f"{w}{' (locked)' if l else ''}" for w, (_, l) in sorted(self.room.exits.items())))
        return "\n".join(out)

    def do_take(self, name):
        try:
            item = self.find(name, self.room.items)
        except LookupError as e:
            return f"There is no {e} here."
        if sum(i.weight for i in self.bag.values()) + item.weight > 5:
            return "Too heavy."
        self.room.items.remove(item)
        self.bag[name] = item
        return f"Taken: {item}."

    def do_drop(self, name):
        if name not in self.bag:
            return f"You have no {name}."
        self.room.items.append(self.bag.pop(name))
        return "Dropped."

    def do_go(self, way):
        room, locked = self.room.exits.get(way, (None, False))
        if room is None:
            return "You cannot go there."
        if locked:
            return "It is locked."
        self.room = room
        if getattr(room, "goal", False):
            self.over = True
            return f"You win after {self.turns} turns."
        return self.do_look()

    def do_unlock(self, way):
        door = self.room.exits.get(way)
        if not door or not door[1]:
            return "Nothing to unlock."
        if not any(getattr(i, "opens", None) == way for i in self.bag.values()):
            return "You need a key."
        door[1] = False
        return "Click."

    def do_bag(self):
        return ", ".join(sorted(self.bag)) or "empty"


hall = Room("Hall", "A cold hall.", Item("lamp"), Item("anvil", 9))
cellar = Room("Cellar", "Dark.", Item("key", opens="north"))
vault = Room("Vault", "Gold!")
vault.goal = True
cellar.connect("up", hall)
hall.connect("north", vault, locked=True)
game = Game(hall)
for command in ["look", "go north", "unlock north", "take anvil", "take lamp", "take sword", "go down", "take key", "take", "drop coin", "bag", "dance", "go up", "drop lamp", "look", "unlock north", "unlock south", "go north", "look"]:
    print(">", command)
    print(game.do(command))
    if game.over:
        break
