"""The Mandelbrot set over a grid: float arithmetic in nested loops."""


def escape(cr, ci, limit):
    zr = zi = 0.0
    for count in range(limit):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return count
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


def main():
    width, height, limit = 720, 480, 200
    total = inside = 0
    for y in range(height):
        ci = 2.0 * y / height - 1.0
        for x in range(width):
            count = escape(3.0 * x / width - 2.0, ci, limit)
            total += count
            if count == limit:
                inside += 1
    print("mandelbrot", total, inside)


main()
