"""Matrix multiplication over lists of lists, floats and ints."""


def multiply(a, b):
    rows, inner, columns = len(a), len(b), len(b[0])
    result = [[0] * columns for _ in range(rows)]
    for i in range(rows):
        row = a[i]
        target = result[i]
        for j in range(columns):
            total = 0
            for k in range(inner):
                total += row[k] * b[k][j]
            target[j] = total
    return result


def main():
    n = 240
    floats = [[(i * j % 7) * 0.5 for j in range(n)] for i in range(n)]
    ints = [[(i + 3 * j) % 11 for j in range(n)] for i in range(n)]
    product = multiply(multiply(floats, floats), ints)
    squares = multiply(ints, ints)
    trace = sum(product[i][i] for i in range(n))
    print("matmul", trace, sum(map(sum, squares)))


main()
