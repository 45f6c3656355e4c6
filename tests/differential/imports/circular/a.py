print("a starts")
early = "early a"
import b

late = "late a"


def value():
    return "a", b.early, b.seen


print("a ends")
