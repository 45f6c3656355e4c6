# An __anext__ that gives something that can't be awaited ends the program.
class It:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 42


async def main():
    async for x in It():
        print(x)


main().send(None)
