# `append`: no method object, no call.
# has: list_append
# not: call_method
def f(n):
    out = []
    for i in range(n):
        out.append(i)
    return out
