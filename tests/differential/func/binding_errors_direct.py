# The same errors at direct calls, where a compiler knows the function.
def add(a, b):
    return a + b


def scale(value, *, by):
    return value * by


def greet(name, greeting="hello", *rest, sep=" ", **options):
    return sep.join([greeting, name, *rest]) + str(options or "")


def outer():
    def inner(x, y=1):
        return x + y

    try:
        inner()
    except TypeError as e:
        print(e)
    try:
        inner(1, 2, 3)
    except TypeError as e:
        print(e)
    return inner(5), inner(5, y=6)


try:
    add(1)
except TypeError as e:
    print(e)
try:
    add()
except TypeError as e:
    print(e)
try:
    add(1, 2, 3)
except TypeError as e:
    print(e)
try:
    add(1, b=2, c=3)
except TypeError as e:
    print(e)
try:
    add(1, a=2)
except TypeError as e:
    print(e)
try:
    scale(1, 2)
except TypeError as e:
    print(e)
try:
    scale(1)
except TypeError as e:
    print(e)
try:
    scale(by=3)
except TypeError as e:
    print(e)
try:
    add(*[1], **{"b": 2, "z": 3})
except TypeError as e:
    print(e)
try:
    add(*5)
except TypeError as e:
    print(e)
try:
    add(**[1])
except TypeError as e:
    print(e)
try:
    add(1, **{5: 1})
except TypeError as e:
    print(e)
try:
    greet("a", **{"greeting": 1}, **{"greeting": 2})
except TypeError as e:
    print(e)
try:
    greet(*None)
except TypeError as e:
    print(e)
print(add(b=1, a=2), add(1, b=5), add(*[1, 2]), scale(3, by=2), greet("bob"), greet("a", "b", "c", "d", sep="-", z=1), outer())
