# Source text in unusual but legal layouts.
x = 1; y = 2; print(x, y)
if x: print("one line")
else: print("no")
total = (
    1 +

    2  # comment
    + 3
)
print(total, x + \
    y)
values = [
    1,
    2,
    # nothing
    3,
]
print(values, (1,
  2), {"a":1,
"b" : 2})
def f(a,
      b = 2,  # the second
      *,
      c
      = 3): return a+b+c
print(f(1), f (1, c = 0))
class   Spaced  :
        def   method ( self ) :
            return   "spaced"
print(Spaced ( ) . method ( ))
for i in range(2): print(i, end=" "); print("x", end=" ")
print()
while x < 3: x += 1
else: print("done")
if x == 3:
  if y == 2:
      print("mixed depths")
  print("two spaces")
def g():
	return "tab"
print(g())
print("a" "b"
      'c' """d""")
s = "line \
continued"
print(s)
print(0xff, 0XFF, 0b11, 0o17, 1_0, 1e3, 1E-3, .5, 5., 0_0, 00)
print("tabs\tand\\slashes", 'single "double"', "double 'single'", """triple "quotes" inside""", r'\raw', b'by' b'tes')
print(True if not False else None, not(1)or(2), [1,2][0], -1 ** 2, 2 ** -1)
lambda_result = (lambda *a, k=1, **kw: (a, k, kw))(1, k=2, z=3)
print(lambda_result)
print(x, # trailing comment
      y)
pass; pass
...
"a string statement"
1 + 1
print("end")  # no newline at the end of this file
