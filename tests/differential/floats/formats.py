# All presentation types of floats.
values = [0.0, -0.0, 1.0, 3.14159265, -2.5, 1234567.891, 1e-7, 1e20, 0.5, 1.5, 2.5, float("inf"), float("nan")]
for v in values:
    print(f"{v:f}|{v:.0f}|{v:.3f}|{v:e}|{v:.2e}|{v:g}|{v:.3g}|{v:G}|{v:%}|{v:.1%}|{v:n}")
for v in (1234567.891, -0.001, 5):
    print(f"[{v:12.2f}] [{v:<12.2f}] [{v:^12.2f}] [{v:012.2f}] [{v:+.1f}] [{v: .1f}] [{v:,.2f}] [{v:_.2f}] [{v:*^15.1e}]")
print(f"{1e10:,}|{123456789.0:,.3f}|{1.0:#.0f}|{1.0:#g}|{100000.0:g}|{1000000.0:g}|{0.0001:g}|{0.00001:g}")
print(f"{1.5:10}|{1.5:<10}|{1e100:.3}|{123.456:.2}|{0.1:.20f}|{2**0.5:.17g}|{1e16}|{1e16:}")
print(f"{-0.0:z.1f}|{-0.04:z.1f}|{3.0:+}|{3.7:.0f}|{1e3:08}|{float('-inf'):08}|{float('nan'):>+8}")
for spec in ("d", "x", "s", "c", ".", "10.2.3", "Q", ",_f", "=<>"):
    try:
        print(format(1.5, spec))
    except ValueError as e:
        print(spec, e)
