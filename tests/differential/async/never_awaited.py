# A coroutine that the program never awaits is reported at the end.
async def work(n):
    return n


class Service:
    async def start(self):
        pass


kept = work(1)
print("started")
done = work(2)
try:
    done.send(None)
except StopIteration as e:
    print(e.value)
closed = work(3)
closed.close()
