# A small pipeline over files: write records, read, transform, write a summary.
rows = [("apples", 3, 0.5), ("pears", 12, 0.25), ("kiwi", 0, 1.0), ("nüsse", 7, 2.125)]
with open("stock.csv", "w", encoding="utf-8") as out:
    out.write("name,qty,price\n")
    for name, qty, price in rows:
        out.write(f"{name},{qty},{price}\n")


class CsvError(Exception):
    pass


def read_csv(path):
    with open(path, encoding="utf-8") as f:
        header = next(f).rstrip("\n").split(",")
        for number, line in enumerate(f, start=2):
            cells = line.rstrip("\n").split(",")
            if len(cells) != len(header):
                raise CsvError(f"{path}:{number}: {len(cells)} cells, wanted {len(header)}")
            yield dict(zip(header, cells))


total = 0
with open("report.txt", "w", encoding="utf-8") as out:
    for row in read_csv("stock.csv"):
        value = int(row["qty"]) * float(row["price"])
        total += value
        print(f"{row['name']:<8}{value:>8.2f}", file=out)
    print(f"{'total':<8}{total:>8.2f}", file=out)
print(open("report.txt", encoding="utf-8").read(), end="")
with open("stock.csv", "a") as f:
    f.write("broken line\n")
try:
    list(read_csv("stock.csv"))
except CsvError as e:
    print(e)
counts = {}
with open("report.txt", encoding="utf-8") as f:
    while chunk := f.read(10):
        for ch in chunk:
            counts[ch] = counts.get(ch, 0) + 1
print(sum(counts.values()), counts["\n"], counts["ü"])
with open("a.txt", "w") as a, open("b.txt", "w") as b:
    for i in range(6):
        print(i, file=a if i % 2 else b)
print(open("a.txt").read().split(), open("b.txt").read().split())
with open("stock.csv") as src, open("copy.csv", "w") as dst:
    dst.writelines(line.upper() for line in src if not line.startswith("kiwi"))
print(open("copy.csv").readlines()[-2:])
