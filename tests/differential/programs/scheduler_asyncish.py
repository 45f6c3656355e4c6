# An event loop of generators: sleeping, joining, cancelling, channels, deadlock.
class Cancelled(Exception):
    pass


class Task:
    count = 0

    def __init__(self, gen, name=None):
        Task.count += 1
        self.gen, self.name = gen, name or f"task{Task.count}"
        self.done, self.result, self.error, self.waiters = False, None, None, []

    def step(self, value=None, error=None):
        try:
            return self.gen.throw(error) if error else self.gen.send(value)
        except StopIteration as s:
            self.done, self.result = True, s.value
        except Exception as e:
            self.done, self.error = True, e


class Channel:
    def __init__(self):
        self.items, self.getters = [], []


class Loop:
    def __init__(self):
        self.ready, self.sleeping, self.time, self.seq = [], [], 0, 0

    def spawn(self, gen, name=None):
        t = Task(gen, name)
        self.ready.append((t, None, None))
        return t

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda s: s[:2])
                self.time, _, task = self.sleeping.pop(0)
                self.ready.append((task, None, None))
            task, value, error = self.ready.pop(0)
            if task.done:
                continue
            request = task.step(value, error)
            if task.done:
                for w in task.waiters:
                    self.ready.append((w, task.result, task.error))
                continue
            op, *args = request
            getattr(self, "op_" + op)(task, *args)

    def op_sleep(self, task, n):
        self.seq += 1
        self.sleeping.append((self.time + n, self.seq, task))

    def op_join(self, task, other):
        if other.done:
            self.ready.append((task, other.result, other.error))
        else:
            other.waiters.append(task)

    def op_spawn(self, task, gen):
        self.ready.append((task, self.spawn(gen), None))

    def op_cancel(self, task, other):
        self.sleeping = [s for s in self.sleeping if s[2] is not other]
        self.ready.append((other, None, Cancelled(other.name)))
        self.ready.append((task, None, None))

    def op_put(self, task, ch, item):
        if ch.getters:
            self.ready.append((ch.getters.pop(0), item, None))
        else:
            ch.items.append(item)
        self.ready.append((task, None, None))

    def op_get(self, task, ch):
        if ch.items:
            self.ready.append((task, ch.items.pop(0), None))
        else:
            ch.getters.append(task)


loop, ch = Loop(), Channel()


def say(*a):
    print(f"[{loop.time}]", *a)


def worker(name, n):
    for i in range(n):
        yield "sleep", 2
        yield "put", ch, (name, i)
    return f"{name} finished"


def consumer(n):
    got = []
    for _ in range(n):
        item = yield "get", ch
        say("got", item)
        got.append(item)
    return got


def failing():
    yield "sleep", 3
    raise ValueError("task failed")


def long():
    try:
        yield "sleep", 1000
    except Cancelled as e:
        say("cancelled", e)
        return "cleaned"
    finally:
        say("long finally")


def main():
    a = yield "spawn", worker("a", 2)
    b = yield "spawn", worker("b", 1)
    c = yield "spawn", consumer(3)
    f = yield "spawn", failing()
    l = yield "spawn", long()
    say((yield "join", a), (yield "join", b), (yield "join", c))
    try:
        yield "join", f
    except ValueError as e:
        say("caught", e)
    yield "cancel", l
    say((yield "join", l))
    stuck = yield "spawn", consumer(1)
    yield "sleep", 5
    say("stuck" if not stuck.done else "?")
    return "main done"


m = loop.spawn(main(), "main")
loop.run()
print(m.result, m.done, loop.time, Task.count, len(ch.getters))
