"""Counting the words of a generated text of five megabytes."""

SYLLABLES = ["ka", "lo", "mi", "ne", "ru", "so", "ta", "vi", "xe", "zu", "ber", "gin", "pol"]


def text_of(size):
    seed = 42
    words = []
    length = 0
    while length < size:
        seed = (seed * 1103515245 + 12345) % 2147483648
        pick = seed >> 10
        word = SYLLABLES[pick % 13] + SYLLABLES[pick // 13 % 13]
        if pick % 3:
            word += SYLLABLES[pick // 169 % 7]
        if pick % 11 == 0:
            word = word.capitalize()
        words.append(word)
        length += len(word) + 1
        if pick % 17 == 0:
            words.append("\n")
    return " ".join(words)


def count_words(text):
    counts = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.lower().strip(".,;")
            counts[word] = counts.get(word, 0) + 1
    return counts


def main():
    text = text_of(5_000_000)
    counts = {}
    for _ in range(8):
        counts = count_words(text)
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:5]
    print("word_count", len(text), len(counts), sum(counts.values()), best)


main()
