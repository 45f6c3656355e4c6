# Since 3.12: the same quotes inside, backslashes, comments, deep nesting, several lines.
names = ["a", "b"]
print(f"{", ".join(names)} {"\n".join(names)!r} {names[0] + "\t"!r}")
print(f"{f"{f"{1 + 1}"}"} {f'{f'{f'{f'{names}'}'}'}'}")
print(f"{
    1 + 2  # a comment with } and "
} {
    "x"
    "y"
}")
print(f"{'\\'} {"it's"} {'"'} {"\u00e9"} {len("\\n")}")
print(f"""{
    "\n".join(
        f"{i}: {name!r}"  # comment
        for i, name in enumerate(names)
    )
}""")
print(f"{lambda_ if (lambda_ := 5) else 0} {(lambda x: x)(3)} {names[-1]:{"<"}{len("12345")}}|")
print(f"{ {"a": 1}["a"] } {{{{ {{{1}}} {"{"} {"}"}")
print(f'{"a" if True else "b"} {f"{'inner'}":>8} {names!r:>14}' f"{"adjacent"}")
x = 5
print(f"{x=} {x = !r} {f"{x=}"=}", f"{x:>{x}}", f"{x:{x}.{x}f}", f"{x!r:0>{x}}")
