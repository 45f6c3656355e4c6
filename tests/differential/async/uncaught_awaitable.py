# The place of a TypeError of await.
async def f(x):
    y = [1,
         await x]
    return y


c = f(3)
try:
    c.send(None)
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)


async def g():
    async for x in f:
        pass


c = g()
c.send(None)
