# Long lines, tabs and semicolons in the shown source.
def f(x): return x.missing if x else None; y = 1
if True:
	g = lambda v: f(v)  # indented by a tab
print(f(0)); g(0); print("next"); g("a long argument " * 2 + "more and more and more and more and more and more")
