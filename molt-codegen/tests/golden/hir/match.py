def describe(command):
    match command:
        case 0 | 1 | -1:
            return "small"
        case "go" | "run" as verb if verb:
            return verb
        case None | True:
            return "single"
        case [x, y]:
            return x + y
        case [first, *rest]:
            return first, rest
        case [_, *_, last]:
            return last
        case {"k": v, Color.RED: 2, **others}:
            return v, others
        case Point(x=0, y=py) | Point(py):
            return py
        case str():
            return "text"
        case [[a, b], {"c": c}]:
            return a, b, c
        case _:
            return None
