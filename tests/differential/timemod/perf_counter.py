# Clocks grow; nothing about their values is printed.
import time

a = time.perf_counter()
total = sum(i for i in range(1000))
b = time.perf_counter()
print(type(a).__name__, b >= a, total, 0 <= b - a < 60)
last = time.perf_counter()
for _ in range(100):
    now = time.perf_counter()
    if now < last:
        print("backwards")
    last = now


class Timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.start
        return False


with Timer() as t:
    x = [i * i for i in range(100)]
print(t.elapsed >= 0, isinstance(t.elapsed, float))
print(isinstance(time.time(), float), time.time() > 1_600_000_000, isinstance(time.perf_counter_ns(), int), time.monotonic() <= time.monotonic())
try:
    time.perf_counter(1)
except TypeError as e:
    print(e)
time.sleep(0)
try:
    time.sleep(-1)
except ValueError as e:
    print(e)
