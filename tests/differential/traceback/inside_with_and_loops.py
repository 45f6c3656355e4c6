# Line numbers inside nested blocks, after continue, in else clauses.
class C:
    def __enter__(self):
        return [1, 2, 3]

    def __exit__(self, *a):
        return False


def run():
    for i in range(3):
        if i < 1:
            continue
        with C() as items:
            for j, x in enumerate(items):
                while x:
                    x -= 1
                    try:
                        y = items[j + i]
                    except KeyError:
                        pass
                    else:
                        z = y
        print(i, z)


run()
