"""The spectral norm of an infinite matrix, cut off: float and list work."""

from math import sqrt


def eval_a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1)


def times(u):
    n = len(u)
    result = []
    for i in range(n):
        partial = 0.0
        for j in range(n):
            partial += eval_a(i, j) * u[j]
        result.append(partial)
    return result


def times_transposed(u):
    n = len(u)
    result = []
    for i in range(n):
        partial = 0.0
        for j in range(n):
            partial += eval_a(j, i) * u[j]
        result.append(partial)
    return result


def main():
    n = 500
    u = [1.0] * n
    for _ in range(10):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    vbv = vv = 0.0
    for ue, ve in zip(u, v):
        vbv += ue * ve
        vv += ve * ve
    print(f"spectral_norm {sqrt(vbv / vv):.9f}")


main()
