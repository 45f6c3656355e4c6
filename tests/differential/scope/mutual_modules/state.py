LIMIT = 10
total = 0
history = []


def bump(n):
    global total
    total += n
    history.append(total)
    return total
