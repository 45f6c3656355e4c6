# Coroutine processes on a simulated clock, with resources and queues.
class Sim:
    def __init__(self):
        self.now, self.queue, self.serial, self.log = 0, [], 0, []

    def schedule(self, delay, proc, value=None):
        self.serial += 1
        item = (self.now + delay, self.serial, proc, value)
        i = len(self.queue)
        while i and self.queue[i - 1][:2] < item[:2]:
            i -= 1
        self.queue.insert(i, item)

    def spawn(self, gen):
        self.schedule(0, gen)
        return gen

    def run(self, until=100):
        while self.queue and self.queue[-1][0] <= until:
            self.now, _, proc, value = self.queue.pop()
            try:
                request = proc.send(value)
            except StopIteration as stop:
                if stop.value is not None:
                    self.say("result", stop.value)
                continue
            if isinstance(request, (int, float)):
                self.schedule(request, proc)
            else:
                request(self, proc)

    def say(self, *words):
        self.log.append(f"{self.now:>5} " + " ".join(map(str, words)))


class Resource:
    def __init__(self, n):
        self.free, self.waiting, self.longest = n, [], 0

    def acquire(self, sim, proc):
        if self.free:
            self.free -= 1
            sim.schedule(0, proc, "at once")
        else:
            self.waiting.append(proc)
            self.longest = max(self.longest, len(self.waiting))

    def release(self, sim, proc=None):
        if self.waiting:
            sim.schedule(0, self.waiting.pop(0), "after a wait")
        else:
            self.free += 1
        if proc:
            sim.schedule(0, proc)


def customer(sim, name, desk, arrive, work):
    yield arrive
    how = yield desk.acquire
    sim.say(name, "served", how)
    try:
        yield work
        if name == "eve":
            raise ValueError("eve complains")
    except ValueError as e:
        sim.say(e)
    finally:
        yield desk.release
    sim.say(name, "leaves")
    return name if name == "bob" else None


def ticker(sim, every, times):
    for i in range(times):
        yield every
        sim.say("tick", i)


sim, desk = Sim(), Resource(2)
for i, name in enumerate(["ann", "bob", "cid", "dee", "eve"]):
    sim.spawn(customer(sim, name, desk, i * 1.5, 4))
sim.spawn(ticker(sim, 5, 3))
sim.run(until=12)
print("\n".join(sim.log))
print(sim.now, len(sim.queue), desk.longest, desk.free)
