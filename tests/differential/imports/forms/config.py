"""Settings of the program."""
print("config runs")
NAME = "first"
counter = 0


def setting(k):
    return f"{NAME}:{k}"


def get_name():
    return NAME


def bump():
    global counter
    counter += 1
    return counter
