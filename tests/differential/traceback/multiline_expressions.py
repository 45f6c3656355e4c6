# Positions in expressions that go over several lines.
data = {
    "rows": [
        {"id": 1, "cells": [1, 2]},
        {"id": 2, "cells": None},
    ],
}


def total(row):
    return sum(
        cell * 2
        for cell in row["cells"]
        if cell
    )


result = [
    total(row)
    for row in data["rows"]
]
