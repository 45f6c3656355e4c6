# NaN and negative zero keep their nature through containers, comparisons and min/max.
nan = float("nan")
other = float("nan")
print(nan == nan, nan != nan, nan is nan, nan < 1, nan >= 1, not nan)
print(nan in [nan], nan in [other], [nan] == [nan], [nan] == [other], (nan,) == (nan,))
print([nan, 1].index(nan), [1, nan].count(nan), {nan: 1}.get(nan), {nan: 1}.get(other))
print(min(1, nan), min(nan, 1), max(1, nan), max(nan, 1))
neg = -0.0
print(neg, 0.0 == neg, str(neg), f"{neg:.1f}", f"{neg:+g}", neg is neg, [neg], -neg, neg * -1, 0 - neg, neg + 0)
print(min(0.0, neg), min(neg, 0.0), max(0.0, neg), max(neg, 0.0), abs(neg), round(neg), round(-0.4), round(-0.4, 0))
print(sorted([3, nan, 1]) == [3, 1], len({nan, nan, other}), len({0.0, neg, 0}))


def sign(x):
    if x > 0:
        return "positive"
    elif x < 0:
        return "negative"
    elif x == 0:
        return "zero " + str(x)
    return "nan"


for x in (1.5, -2, 0, neg, nan, float("-inf")):
    print(sign(x))
total = neg
for _ in range(3):
    total += neg
print(total, sum([neg, neg]), sum([neg], neg))
