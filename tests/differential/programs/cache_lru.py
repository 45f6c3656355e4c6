# An LRU cache as a decorator and as a container, with statistics.
class LRU:
    class Link:
        __slots__ = ("key", "value", "prev", "next")

    def __init__(self, size):
        self.size = size
        self.map = {}
        self.root = root = LRU.Link()
        root.prev = root.next = root
        self.hits = self.misses = 0

    def _unlink(self, link):
        link.prev.next, link.next.prev = link.next, link.prev

    def _front(self, link):
        first = self.root.next
        link.prev, link.next = self.root, first
        self.root.next = first.prev = link

    def __getitem__(self, key):
        try:
            link = self.map[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self._unlink(link)
        self._front(link)
        return link.value

    def __setitem__(self, key, value):
        if key in self.map:
            link = self.map[key]
            self._unlink(link)
        else:
            if len(self.map) >= self.size:
                old = self.root.prev
                self._unlink(old)
                del self.map[old.key]
            link = self.map[key] = LRU.Link()
            link.key = key
        link.value = value
        self._front(link)

    def __contains__(self, key):
        return key in self.map

    def __iter__(self):
        link = self.root.next
        while link is not self.root:
            yield link.key
            link = link.next

    def __len__(self):
        return len(self.map)

    def __repr__(self):
        return f"LRU({', '.join(f'{k}={self.map[k].value}' for k in self)})"


def cached(size=4):
    def deco(f):
        cache = LRU(size)

        def wrapper(*args, **kw):
            key = args, tuple(sorted(kw.items()))
            try:
                return cache[key]
            except KeyError:
                result = cache[key] = f(*args, **kw)
                return result

        wrapper.cache = cache
        wrapper.__name__ = f.__name__
        return wrapper

    return deco


c = LRU(3)
for k in "abcad":
    if k in c:
        c[k]
    else:
        c[k] = ord(k)
print(c, list(c), len(c), "b" in c, c.hits, c.misses)
c["c"] = "new"
print(c)
try:
    c["zz"]
except KeyError as e:
    print("missing", e, c.misses)


@cached(2)
def slow(x, *, scale=1):
    calls.append(x)
    return x * scale


calls = []
print([slow(x) for x in (1, 2, 1, 3, 1, 2)], slow(2, scale=5), slow(2, scale=5), calls, slow.__name__, slow.cache.hits, slow.cache.misses)


@cached(1000)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(100), len(fib.cache), fib.cache.hits)
try:
    slow([1])
except TypeError as e:
    print(e)
