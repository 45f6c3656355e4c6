# f-strings: expressions, conversions, specs, nesting.
name, n, pi = "world", 42, 3.14159
print(f"hello {name}", f"{n:5}|{n:<5}|{n:^5}|{n:05}", f"{pi:.2f} {pi:8.3f} {pi:e}", f"{name!r} {name!s} {name!a}", f"{name!r:>10}", f"{{}} {{{n}}} }}{{")
print(f"{n + 1} {n * 2 if n > 10 else 0} {[i for i in range(3)]} {'nested ' + 'quotes'} {name.upper()[0]} {(lambda x: x * 2)(4)}")
width, prec = 10, 3
print(f"{pi:{width}.{prec}}|{pi:{width}.{prec}f}|{name:{'>'}{width}}|{n:{'0'}{width // 2}d}")
print(f"{n=} {n = } {name=!s} {pi=:.1f} {n + 1=} {name.upper()=} { n }")
print(f"", f"plain", f"a" "b" f"{n}", f"""multi
{n}
line""", rf"\d{n}\n", f"tab\t{n}", f"\N{DIGIT ONE}{n}", f"{n}" + "x")
print(f"{None} {True} {1.0} {[1, 'a']} {(1,)} { {'k': 1} } {b'x'} {...} {int} {len}")
d = {"key": "value", 1: "one"}
print(f"{d['key']} {d[1]} {d.get('zz', 'default')} {len(d):>3}")
print(f"{n:,} {1000000:,} {1234.5:,.2f} {255:x} {255:#X} {5:b} {0.25:%} {'a':*^9}")
print(f"{'a' 'b'} {n, n} {*[1, 2],} {not n} {n == 42} {n!=42} {n if n else 0:>4}")
print(f"{'':>5}|{'x':5}|{'x':<5}|{None!s:>6}|{[1]!r:^9}")
