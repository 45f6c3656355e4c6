# A small event loop: tasks, sleeping, futures, gathering, cancelling, a queue.
import sys


class Cancelled(BaseException):
    pass


class Future:
    def __init__(self):
        self.done = False
        self.value = self.error = None
        self.waiting = []

    def resolve(self, value=None, error=None):
        self.done, self.value, self.error = True, value, error
        for task in self.waiting:
            loop.ready.append(task)
        self.waiting.clear()

    def __await__(self):
        if not self.done:
            yield self
        if self.error:
            raise self.error
        return self.value


class Task(Future):
    def __init__(self, coro, name):
        super().__init__()
        self.coro, self.name, self.cancelling, self.on = coro, name, False, None

    def step(self):
        try:
            if self.cancelling:
                self.cancelling = False
                on = self.coro.throw(Cancelled(self.name))
            else:
                on = self.coro.send(None)
        except StopIteration as e:
            self.resolve(e.value)
        except (Exception, Cancelled) as e:
            self.resolve(error=e)
        else:
            self.on = on
            on.waiting.append(self)

    def cancel(self):
        self.cancelling = True
        if self.on and self in self.on.waiting:
            self.on.waiting.remove(self)
        loop.ready.append(self)


class Loop:
    def __init__(self):
        self.ready, self.timers, self.now, self.n = [], [], 0, 0

    def spawn(self, coro, name=None):
        self.n += 1
        task = Task(coro, name or "task-%d" % self.n)
        self.ready.append(task)
        return task

    def run(self, coro):
        main = self.spawn(coro, "main")
        while not main.done:
            if not self.ready:
                self.timers.sort(key=lambda t: t[0])
                when, future = self.timers.pop(0)
                self.now = when
                if not future.done:
                    future.resolve()
                continue
            self.ready.pop(0).step()
        if main.error:
            raise main.error
        return main.value


loop = Loop()


async def sleep(t):
    future = Future()
    loop.timers.append((loop.now + t, future))
    await future


async def gather(*coros):
    tasks = [loop.spawn(c) for c in coros]
    return [await t for t in tasks]


class Queue:
    def __init__(self):
        self.items, self.getters = [], []

    def put(self, item):
        self.items.append(item)
        if self.getters:
            self.getters.pop(0).resolve()

    async def get(self):
        while not self.items:
            f = Future()
            self.getters.append(f)
            await f
        return self.items.pop(0)

    def __aiter__(self):
        return self

    async def __anext__(self):
        item = await self.get()
        if item is None:
            raise StopAsyncIteration
        return item


async def worker(name, t, n):
    for i in range(n):
        await sleep(t)
        print(loop.now, name, i)
    return name, n


async def producer(q):
    for i in range(4):
        q.put(i)
        await sleep(1)
    q.put(None)


async def consumer(q):
    return [item * 10 async for item in q]


async def victim():
    try:
        await sleep(100)
    except Cancelled as e:
        print("cancelled", e, loop.now)
        await sleep(1)
        raise
    finally:
        print("victim ends", loop.now)


class Timeout:
    def __init__(self, t):
        self.t = t

    async def __aenter__(self):
        print("timeout set")
        return self

    async def __aexit__(self, kind, value, tb):
        await sleep(self.t)
        print("left with", kind)
        return kind is ZeroDivisionError


async def failing(n):
    await sleep(n)
    return 1 / (n - n)


async def main():
    print(await gather(worker("a", 3, 2), worker("b", 2, 3)))
    q = Queue()
    print(await gather(producer(q), consumer(q)))
    task = loop.spawn(victim())
    await sleep(1)
    task.cancel()
    try:
        await task
    except Cancelled as e:
        print("main saw", repr(e))
    async with Timeout(2):
        await failing(1)
    try:
        await gather(failing(2), worker("late", 1, 1))
    except ZeroDivisionError as e:
        print("main caught", e, loop.now)
    return "finished"


print(loop.run(main()))
