print("app.util")
log = []


def note(x):
    log.append(x)
