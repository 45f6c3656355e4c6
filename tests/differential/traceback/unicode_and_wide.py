# Carets under text with wide and combining characters.
def größe(wert):
    text = "日本語" + wert["schlüssel"] + "é"
    return text


try:
    größe({"schlüssel": "ok"})
    größe({})
except KeyError as e:
    print(e)
größe({"schlüssel": 5})
