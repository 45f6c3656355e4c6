# sys.setrecursionlimit is honoured in both directions.
import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(sys.getrecursionlimit())
print(depth(900))
try:
    depth(5000)
except RecursionError as e:
    print("too deep at 1000")
sys.setrecursionlimit(20000)
print(sys.getrecursionlimit(), depth(15000))
sys.setrecursionlimit(200)
try:
    depth(400)
except RecursionError:
    print("too deep at 200")
print(depth(100))
sys.setrecursionlimit(1000)
for bad in (0, -5, "a", 1.5):
    try:
        sys.setrecursionlimit(bad)
    except Exception as e:
        print(type(e).__name__, e)
