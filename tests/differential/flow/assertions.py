# assert with and without messages; the message is only evaluated on failure.
def check(value, *message):
    try:
        if message:
            assert value, message[0]
        else:
            assert value
        return "passed"
    except AssertionError as e:
        return "failed", e.args, str(e)


print(check(1), check(0), check([], "empty"), check("", ("tuple", 1)), check(None, None), check(0, 5))


def boom():
    raise RuntimeError("evaluated")


assert True, boom()
try:
    assert False, boom()
except RuntimeError as e:
    print(e, repr(e.__context__))
try:
    assert not (x := 5), f"x is {x}"
except AssertionError as e:
    print(repr(e))


class Account:
    def __init__(self, balance):
        assert isinstance(balance, int), "balance must be int"
        self.balance = balance
        assert self.balance >= 0


for value in (5, "5", -5):
    try:
        print(Account(value).balance)
    except AssertionError as e:
        print("AssertionError", e)
