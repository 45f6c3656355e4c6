# Powers: negative exponents give floats, three arguments are modular.
def attempt(*args):
    try:
        print(args, pow(*args))
    except Exception as e:
        print(args, type(e).__name__, e)


attempt(2, 10)
attempt(2, -1)
attempt(-2, 3)
attempt(0, 0)
attempt(0, -1)
attempt(7, 200, 13)
attempt(7, -1, 13)
attempt(6, -1, 9)
attempt(3, 5, 0)
attempt(3, 5, -7)
attempt(-3, 5, 7)
attempt(10, 30, 1)
attempt(2.0, 3, 5)
attempt(2, 0.5)
attempt("2", 3)
attempt(2**70, 3, 2**61 - 1)
print(2**0, 2**100, (-3) ** 41, 10**40)
print(-2**2, (-2) ** 2, 2**-2, 2**3**2)
print(1**10**6, (-1) ** 1000001)
