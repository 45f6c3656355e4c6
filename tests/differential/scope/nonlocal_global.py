# Which variable a name means.
x = "global"


def reads():
    return x


def assigns():
    x = "local"
    return x


def declares():
    global x
    x = "changed by declares"


def outer():
    x = "outer"

    def inner():
        nonlocal x
        x += "+inner"

        def innermost():
            nonlocal x
            x += "+innermost"

        innermost()
        return x

    def peek():
        return x

    r = inner()
    return r, x, peek()


def new_global():
    global created
    created = "made in a function"


def through():
    x = "shadow"

    def reader():
        global x
        return x

    return reader()


print(reads(), assigns(), x)
declares()
print(reads(), x, outer(), x, through())
new_global()
print(created)


def unbound():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 1


def maybe(flag):
    if flag:
        value = 1
    try:
        return value
    except UnboundLocalError as e:
        return str(e)


def deleted():
    v = 1
    del v
    try:
        v
    except UnboundLocalError as e:
        print(e)
    try:
        del v
    except UnboundLocalError as e:
        print(e)


def free():
    def use():
        return late

    try:
        use()
    except NameError as e:
        print(type(e).__name__, e)
    late = "now bound"
    print(use())
    del late
    try:
        use()
    except NameError as e:
        print(type(e).__name__, e)


unbound()
print(maybe(True), maybe(False))
deleted()
free()
try:
    print(undefined_name)
except NameError as e:
    print(e, e.name)
try:
    del undefined_name
except NameError as e:
    print(e)
for x in "loop":
    pass
print(x)
del x
try:
    reads()
except NameError as e:
    print(e)
