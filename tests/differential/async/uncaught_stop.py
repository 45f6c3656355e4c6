# StopIteration that leaves a coroutine.
async def inner():
    raise StopIteration("inner")


async def outer():
    await inner()


outer().send(None)
