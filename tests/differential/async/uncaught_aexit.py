# Errors of __aenter__ and __aexit__ that end the program.
class CM:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        raise OSError("in __aexit__")


async def main():
    async with CM():
        raise KeyError("in the body")


main().send(None)
