# await and its implicit forms.
async def coroutine(x):
    async with x as y, z:
        async for (a, b) in await y:
            if not a:
                break
        else:
            return f"{await b}"
    return [await i async for i in z if await i]


async def generator(source):
    async for item in source:
        yield item


def plain(source):
    return (item async for item in source), (await item for item in source)
