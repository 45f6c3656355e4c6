# sys.set_asyncgen_hooks.
import sys


class Pause:
    def __await__(self):
        yield


async def gen(name):
    try:
        yield name
        yield name
    finally:
        print("finally", name)


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value


hooks = sys.get_asyncgen_hooks()
print(hooks, hooks.firstiter, hooks[1], len(hooks))


def first(g):
    print("first", g.__name__, type(g).__name__)


kept = []


def final(g):
    print("final", g.__name__)
    kept.append(g)


sys.set_asyncgen_hooks(first, final)
print(sys.get_asyncgen_hooks() == (first, final))


async def main(name):
    async for x in gen(name):
        print(x)
        break
    return "main"


print(run(main("one")))
print(len(kept))
print(run(kept.pop().aclose()))

g = gen("never iterated")
del g
g = gen("only aclose")
run(g.aclose())
del g
g = gen("asend")
g.asend(None)
g.asend(None)
g.athrow(ValueError)
del g
print(len(kept))
kept.clear()


async def exhausts():
    async for x in gen("all"):
        pass


run(exhausts())
print(len(kept))
sys.set_asyncgen_hooks(finalizer=None)
print(sys.get_asyncgen_hooks().finalizer, sys.get_asyncgen_hooks().firstiter is first)
print(run(main("two")))
sys.set_asyncgen_hooks(firstiter=None)
print(run(main("three")))


def bad(g):
    raise ValueError("hook")


sys.set_asyncgen_hooks(firstiter=bad)
g = gen("bad")
for _ in range(2):
    try:
        print(g.__anext__() is not None)
    except ValueError as e:
        print(e)
for args, kw in (((1,), {}), ((), {"finalizer": "x"}), ((1, 2), {})):
    try:
        sys.set_asyncgen_hooks(*args, **kw)
    except TypeError as e:
        print(e)
sys.set_asyncgen_hooks()
print(sys.get_asyncgen_hooks().firstiter is bad)
sys.set_asyncgen_hooks(None, None)
print(sys.get_asyncgen_hooks())
