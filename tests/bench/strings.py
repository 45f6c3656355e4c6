"""Building strings: concatenation, join, slices, replace, find."""


def csv_line(values):
    line = ""
    for value in values:
        if line:
            line += ","
        line += str(value)
    return line


def escape(text):
    pieces = []
    for char in text:
        if char == "<":
            pieces.append("&lt;")
        elif char == "&":
            pieces.append("&amp;")
        else:
            pieces.append(char)
    return "".join(pieces)


def caesar(text, shift):
    result = ""
    for char in text:
        if "a" <= char <= "z":
            result += chr((ord(char) - 97 + shift) % 26 + 97)
        else:
            result += char
    return result


def main():
    total = 0
    for i in range(500_000):
        line = csv_line([i, i * 3, i % 7, "end"])
        total += len(line)
        if line.endswith("7,end") or line.find("99") > 0:
            total += 1
    markup = "a <b> & <c> text with words " * 20
    for _ in range(6000):
        total += len(escape(markup))
    text = "the quick brown fox jumps over the lazy dog; " * 10
    for shift in range(6000):
        text = caesar(text, shift % 26)
    for i in range(500_000):
        text = text[1:] + text[0]
        total += text.replace("the", "THE").count("T")
    print("strings", total, text[:20])


main()
