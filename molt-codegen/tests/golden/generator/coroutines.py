# An await is a delegation: a step, a suspension with the delegate stored, a step again.
async def waits(x):
    return await x


async def agen(source):
    async for x in source:
        yield x
