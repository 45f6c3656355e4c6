def count(name: str) -> int:
    return 3
