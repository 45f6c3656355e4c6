# A few class patterns programs use: visitor, state machine, linked list, observer, fluent builder.
class Expr:
    def accept(self, visitor):
        return getattr(visitor, "visit_" + type(self).__name__.lower())(self)


class Num(Expr):
    def __init__(self, n):
        self.n = n


class Bin(Expr):
    def __init__(self, op, l, r):
        self.op, self.l, self.r = op, l, r


class Eval:
    ops = {"+": lambda a, b: a + b, "*": lambda a, b: a * b}

    def visit_num(self, e):
        return e.n

    def visit_bin(self, e):
        return self.ops[e.op](e.l.accept(self), e.r.accept(self))


class Show:
    def visit_num(self, e):
        return str(e.n)

    def visit_bin(self, e):
        return f"({e.l.accept(self)} {e.op} {e.r.accept(self)})"


e = Bin("+", Num(2), Bin("*", Num(3), Num(4)))
print(e.accept(Eval()), e.accept(Show()))


class Machine:
    def __init__(self):
        self.state = self.idle
        self.log = []

    def idle(self, ev):
        if ev == "start":
            return self.running

    def running(self, ev):
        return {"stop": self.idle, "pause": self.paused}.get(ev)

    def paused(self, ev):
        return self.running if ev == "start" else None

    def feed(self, *events):
        for ev in events:
            self.state = self.state(ev) or self.state
            self.log.append(self.state.__name__)
        return self


print(Machine().feed("start", "bogus", "pause", "start", "stop").log)


class Stack:
    class Node:
        __slots__ = ("v", "next")

        def __init__(self, v, next):
            self.v, self.next = v, next

    def __init__(self):
        self.head, self.size = None, 0

    def push(self, v):
        self.head = self.Node(v, self.head)
        self.size += 1
        return self

    def pop(self):
        if not self.head:
            raise IndexError("pop from empty stack")
        v, self.head = self.head.v, self.head.next
        self.size -= 1
        return v

    def __iter__(self):
        n = self.head
        while n:
            yield n.v
            n = n.next

    def __len__(self):
        return self.size


s = Stack().push(1).push("two").push([3])
print(list(s), len(s), s.pop(), s.pop(), bool(s), s.pop(), bool(s))
try:
    s.pop()
except IndexError as err:
    print(err)


class Event:
    def __init__(self):
        self.handlers = []

    def __iadd__(self, h):
        self.handlers.append(h)
        return self

    def __isub__(self, h):
        self.handlers.remove(h)
        return self

    def __call__(self, *a, **k):
        return [h(*a, **k) for h in self.handlers]


class Button:
    def __init__(self):
        self.clicked = Event()


b = Button()
b.clicked += lambda x: x + 1
b.clicked += str
print(b.clicked(5))
b.clicked -= str
print(b.clicked(6))
