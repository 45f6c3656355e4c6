# send: values in and out, priming, errors.
def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        if value is None:
            return total, count
        total += value
        count += 1
        average = total / count


a = averager()
print(next(a), a.send(10), a.send(20), a.send(33))
try:
    a.send(None)
except StopIteration as e:
    print(e.value)
for bad in (lambda: averager().send(5), lambda: averager().send(), lambda: averager().send(1, 2), lambda: a.send(None)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "value", ""))


def echo():
    received = []
    while len(received) < 3:
        received.append((yield len(received)))
    yield received


e = echo()
print(next(e), [e.send(x) for x in "abc"])


def expressions():
    x = (yield 1) + (yield 2)
    y = [(yield x), (yield "list")]
    z = {"k": (yield y)}
    print(f"{(yield z)}!", (yield "last") or "nothing")


g = expressions()
print(next(g), g.send(10), g.send(20), g.send("a"), g.send("b"), g.send("c"), g.send("d"))
try:
    g.send(None)
except StopIteration:
    print("done")


def running():
    yield next(me)


me = running()
try:
    next(me)
except ValueError as err:
    print(err)


def scheduler(tasks):
    queue = [(name, t) for name, t in tasks.items()]
    log = []
    while queue:
        name, t = queue.pop(0)
        try:
            log.append((name, next(t)))
            queue.append((name, t))
        except StopIteration as s:
            log.append((name, "done", s.value))
    return log


def task(n):
    for i in range(n):
        yield i
    return n * 100


print(scheduler({"a": task(2), "b": task(1), "c": task(0)}))
