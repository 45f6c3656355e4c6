# Many keys, growth, deletion and reinsertion.
d = {}
for i in range(5000):
    d[i * 37 % 5003] = i
print(len(d), d[37], d[5002 * 37 % 5003] if 5002 * 37 % 5003 in d else None, list(d)[:5], list(d)[-3:])
for i in range(0, 5003, 2):
    d.pop(i, None)
print(len(d), sum(d), sum(d.values()))
for i in range(0, 5003, 5):
    d[i] = -1
print(len(d), list(d)[:3], list(d)[-3:], sum(1 for v in d.values() if v == -1))
words = {}
for i in range(2000):
    words.setdefault(f"w{i % 97}", []).append(i)
print(len(words), words["w5"][:3], max(map(len, words.values())), list(words)[:3])
nested = {}
for a in "xy":
    for b in range(3):
        nested.setdefault(a, {})[b] = a * b
print(nested, nested["y"][2])
inverse = {}
for k, v in {"one": 1, "uno": 1, "two": 2}.items():
    inverse.setdefault(v, set()).add(k)
print({k: sorted(v) for k, v in inverse.items()})
memo = {}


def ways(n, coins):
    if n == 0:
        return 1
    if n < 0 or not coins:
        return 0
    key = n, coins
    if key not in memo:
        memo[key] = ways(n - coins[0], coins) + ways(n, coins[1:])
    return memo[key]


print(ways(100, (50, 25, 10, 5, 1)), len(memo))
