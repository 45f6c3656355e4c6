"""A small virtual machine and a scheduler: classes, dispatch, lists as queues."""


class Task:
    def __init__(self, name, priority, queue):
        self.name = name
        self.priority = priority
        self.queue = queue
        self.done = 0

    def run(self, scheduler):
        raise NotImplementedError

    @property
    def ready(self):
        return bool(self.queue)


class Producer(Task):
    def __init__(self, name, priority, target, count):
        super().__init__(name, priority, list(range(count)))
        self.target = target

    def run(self, scheduler):
        self.done += 1
        item = self.queue.pop()
        scheduler.send(self.target, item * 3 % 17)


class Worker(Task):
    def __init__(self, name, priority, target):
        super().__init__(name, priority, [])
        self.target = target
        self.total = 0

    def run(self, scheduler):
        item = self.queue.pop(0)
        self.done += 1
        self.total += item
        if item % 2:
            scheduler.send(self.target, item >> 1)


class Sink(Task):
    def __init__(self, name):
        super().__init__(name, 1, [])
        self.seen = {}

    def run(self, scheduler):
        item = self.queue.pop()
        self.done += 1
        self.seen[item] = self.seen.get(item, 0) + 1


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.by_name = {}
        self.switches = 0

    def add(self, task):
        self.tasks.append(task)
        self.by_name[task.name] = task
        self.tasks.sort(key=lambda t: -t.priority)

    def send(self, name, item):
        self.by_name[name].queue.append(item)

    def run(self):
        while True:
            for task in self.tasks:
                if task.ready:
                    self.switches += 1
                    task.run(self)
                    break
            else:
                return self.switches


def main():
    for _ in range(10):
        scheduler = Scheduler()
        for i in range(4):
            scheduler.add(Producer(f"p{i}", 2 + i, f"w{i % 2}", 30_000))
        scheduler.add(Worker("w0", 9, "w1"))
        scheduler.add(Worker("w1", 8, "sink"))
        scheduler.add(Sink("sink"))
        switches = scheduler.run()
    print("richards", switches, scheduler.by_name["w0"].total, scheduler.by_name["sink"].seen)


main()
