# An exception that replaces another inside finally, at the top level.
def work():
    try:
        return {}["missing"]
    finally:
        int("in finally")


try:
    work()
finally:
    print("top finally")
