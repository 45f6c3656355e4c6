# A table of many float formattings against rounding and repr.
values = [0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 1.005, 2.675, 1e-5, 123456.789, 0.1 + 0.2, 1 / 3, 2 / 3, 1e15 / 3, 99.995, 999999.5, 1e21, 5e-324, 0.5, 1.5, 2.5]
for v in values:
    print(f"{v!r:>24} {v:.1f} {v:.2f} {v:.3g} {v:.0f} {v:.4e} {round(v, 1)} {round(v, 2)} {v:g} {v:10.3f}| {v:<10.2g}| {v:+.1f} {v:,.1f} {v:.1%}")
print([round(x / 10, 0) for x in range(-15, 16, 5)], [round(x) for x in (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)], [int(x) for x in (-2.7, 2.7, -0.5)], [x // 1 for x in (-2.5, 2.5)], [x % 1 for x in (-2.25, 2.25)])
print([f"{10.0**e}" for e in range(-6, 24, 3)], [f"{10.0**e:g}" for e in range(-6, 24, 3)], [str(float(10**e)) for e in (15, 16, 17, 22, 23)], [repr(2.0**e) for e in (-20, -10, 53, 54, 64, 100)])
print([float(s) for s in ("1e5", "1E-5", ".5", "5.", "1_0.0", "+1.5", "-0", "1e308", "1e309", "0x1p3" if False else "1e-324")], float("1" * 25), float("0." + "1" * 25), 0.1 * 3, 1 - 0.9, 1e16 + 1, 1.1 + 2.2, 3 * 1.1, 0.1 ** 2, 1e200 * 1e200, -1e200 * 1e200)
