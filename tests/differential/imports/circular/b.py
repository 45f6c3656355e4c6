print("b starts")
import a

early = "early b"
seen = a.early, hasattr(a, "late")
try:
    a.late
except AttributeError as e:
    print(str(e).split("(")[0])


def value():
    return "b", a.late


print("b ends")
