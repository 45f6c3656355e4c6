def price(name: str) -> int:
    return {"assam": 320, "sencha": 410}[name]
