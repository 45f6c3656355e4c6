# Deep but bounded recursions that must succeed.
def fib(n, memo={}):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def edit(a, b, i=0, j=0, memo=None):
    memo = {} if memo is None else memo
    if (i, j) in memo:
        return memo[i, j]
    if i == len(a) or j == len(b):
        r = len(a) - i + len(b) - j
    elif a[i] == b[j]:
        r = edit(a, b, i + 1, j + 1, memo)
    else:
        r = 1 + min(edit(a, b, i + 1, j, memo), edit(a, b, i, j + 1, memo), edit(a, b, i + 1, j + 1, memo))
    memo[i, j] = r
    return r


def dfs(graph, node, seen, order):
    seen.add(node)
    for n in graph.get(node, ()):
        if n not in seen:
            dfs(graph, n, seen, order)
    order.append(node)


print(fib(300), even(400), odd(301), edit("kitten sitting on a mat", "sitting kitten at a mall"))
graph = {i: [i + 1, (i * 7) % 300] for i in range(300)}
order = []
dfs(graph, 0, set(), order)
print(len(order), order[:3], order[-3:])


def nested_calls(n):
    return max(n, min(n + 1, max(nested_calls(n - 1), 0))) if n else 0


print(nested_calls(200))


def church(n):
    return (lambda f: lambda x: x) if n == 0 else (lambda f: lambda x: f(church(n - 1)(f)(x)))


print(church(60)(lambda v: v + 1)(0))
