# Qualified names of nested functions and lambdas.
def outer():
    def inner(f):
        return f(5)

    class Local:
        def method(self):
            return inner(lambda x: x + "a")

    return Local().method()


outer()
