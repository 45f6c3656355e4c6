# Division by zero has a message per operator and operand type.
def attempt(label, f):
    try:
        print(label, f())
    except ZeroDivisionError as e:
        print(label, "->", e)


zero, fzero = 0, 0.0
attempt("1 / 0", lambda: 1 / zero)
attempt("1 // 0", lambda: 1 // zero)
attempt("1 % 0", lambda: 1 % zero)
attempt("divmod", lambda: divmod(1, zero))
attempt("1.0 / 0", lambda: 1.0 / zero)
attempt("1 / 0.0", lambda: 1 / fzero)
attempt("1.0 // 0.0", lambda: 1.0 // fzero)
attempt("1.0 % 0", lambda: 1.0 % zero)
attempt("divmod float", lambda: divmod(1.0, fzero))
attempt("0 ** -1", lambda: zero ** -1)
attempt("0.0 ** -1", lambda: fzero ** -1)
attempt("big / 0", lambda: 10**30 / zero)
attempt("big // 0", lambda: 10**30 // zero)
attempt("big % 0", lambda: 10**30 % zero)
attempt("False", lambda: True % False)
attempt("0 / 5", lambda: zero / 5)
attempt("-0.0", lambda: fzero / -5)


def too_big():
    return 10**400 / 3


try:
    too_big()
except OverflowError as e:
    print(e)
print(10**400 / 10**399, 10**400 // 10**398, (2**1100) / (2**1000 + 1))
try:
    float(10**400)
except OverflowError as e:
    print(e)
