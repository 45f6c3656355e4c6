# input() and sys.stdin line by line.
import sys

name = input("name? ")
print("hello", name)
age = int(input())
print(age + 1)
print(repr(sys.stdin.readline()))
rest = [line.rstrip("\n") for line in sys.stdin]
print(rest, repr(sys.stdin.read()))
try:
    input("more? ")
except EOFError as e:
    print("\n", e)
