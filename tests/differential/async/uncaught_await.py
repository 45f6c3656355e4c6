# An uncaught error deep in awaits ends the program with a traceback.
class Pause:
    def __await__(self):
        yield


class Resource:
    async def __aenter__(self):
        await Pause()
        return self

    async def __aexit__(self, kind, value, tb):
        await Pause()
        print("released", kind.__name__)


async def step(n):
    if n == 0:
        raise ValueError("bottom")
    await step(n - 1)


async def main():
    async with Resource():
        try:
            await step(3)
        except ValueError as e:
            raise RuntimeError("main failed") from e


c = main()
while True:
    c.send(None)
