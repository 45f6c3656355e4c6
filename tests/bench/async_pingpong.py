"""Two coroutines that pass a number to and fro, on an event loop of a few lines."""


class Pause:
    def __await__(self):
        return (yield self)


class Loop:
    def __init__(self):
        self.ready = []

    def run(self):
        ready = self.ready
        while ready:
            batch = ready[:]
            ready.clear()
            for task in batch:
                try:
                    task.send(None)
                except StopIteration:
                    continue
                ready.append(task)


class Channel:
    def __init__(self):
        self.items = []

    async def put(self, item):
        while len(self.items) >= 1:
            await Pause()
        self.items.append(item)

    async def get(self):
        while not self.items:
            await Pause()
        return self.items.pop()


async def ping(out, back, count):
    total = 0
    for n in range(count):
        await out.put(n)
        total += await back.get()
    print(total)


async def pong(inbox, back, count):
    for _ in range(count):
        n = await inbox.get()
        await back.put(n + 1)


def main(count):
    loop = Loop()
    a, b = Channel(), Channel()
    loop.ready += [ping(a, b, count), pong(a, b, count)]
    loop.run()


main(1200000)
