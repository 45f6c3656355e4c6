# Huffman codes, LZ77 and run lengths: round trips over text.
class Node:
    def __init__(self, weight, symbol=None, left=None, right=None):
        self.weight, self.symbol, self.left, self.right = weight, symbol, left, right

    def codes(self, prefix=""):
        if self.symbol is not None:
            yield self.symbol, prefix or "0"
        else:
            yield from self.left.codes(prefix + "0")
            yield from self.right.codes(prefix + "1")


def build(text):
    counts = {}
    for ch in text:
        counts[ch] = counts.get(ch, 0) + 1
    nodes = sorted((Node(w, s) for s, w in counts.items()), key=lambda n: (n.weight, n.symbol))
    while len(nodes) > 1:
        a, b, *nodes = nodes
        merged = Node(a.weight + b.weight, None, a, b)
        at = next((i for i, n in enumerate(nodes) if n.weight > merged.weight), len(nodes))
        nodes.insert(at, merged)
    return nodes[0]


def encode(text, table):
    bits = "".join(table[ch] for ch in text)
    pad = -len(bits) % 8
    bits += "0" * pad
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)), pad


def decode(data, pad, tree):
    bits = "".join(f"{b:08b}" for b in data)
    out, node = [], tree
    for bit in bits[: len(bits) - pad]:
        node = node.left if bit == "0" else node.right
        if node.symbol is not None:
            out.append(node.symbol)
            node = tree
    return "".join(out)


def lz(text, window=32):
    i, out = 0, []
    while i < len(text):
        best = (0, 0)
        for start in range(max(0, i - window), i):
            n = 0
            while i + n < len(text) - 1 and text[start + n] == text[i + n] and n < 15:
                n += 1
            if n > best[1]:
                best = (i - start, n)
        off, n = best
        out.append((off, n, text[i + n]))
        i += n + 1
    return out


def unlz(tokens):
    out = ""
    for off, n, ch in tokens:
        for _ in range(n):
            out += out[-off]
        out += ch
    return out


text = "she sells sea shells by the sea shore, the shells she sells are surely seashells"
tree = build(text)
table = dict(tree.codes())
data, pad = encode(text, table)
print(sorted(table.items(), key=lambda kv: (len(kv[1]), kv[1]))[:6], len(text), len(data), pad)
print(decode(data, pad, tree) == text, data[:8].hex(), tree.weight)
toks = lz(text)
print(len(toks), toks[:12], unlz(toks) == text, unlz(lz("aaaaaaaaaaaaaaaaaaab")))
