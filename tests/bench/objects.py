"""Method calls and attribute updates over objects of three classes."""


class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.moves = 0

    def deposit(self, amount):
        self.balance += amount
        self.moves += 1

    def fee(self):
        return 1

    def month(self, number):
        self.deposit(number % 7)
        self.balance -= self.fee()


class Savings(Account):
    def __init__(self, owner, balance, rate):
        super().__init__(owner, balance)
        self.rate = rate
        self.interest = 0

    def fee(self):
        return 0

    def month(self, number):
        super().month(number)
        gain = self.balance % 100_000 * self.rate // 1200
        self.interest += gain
        self.deposit(gain)


class Business(Account):
    def fee(self):
        return 5 if self.moves % 10 == 0 else 2

    def month(self, number):
        self.balance -= self.fee()
        if number % 3 == 0:
            self.deposit(20)


def main():
    accounts = []
    for i in range(300):
        if i % 3 == 0:
            accounts.append(Account(f"a{i}", 100 + i))
        elif i % 3 == 1:
            accounts.append(Savings(f"s{i}", 1000 + i, 3))
        else:
            accounts.append(Business(f"b{i}", 5000 - i))
    for number in range(10_000):
        account = accounts[number % 300]
        account.month(number)
    for number in range(60_000):
        for account in accounts[number % 3 :: 3]:
            account.month(number)
        for account in accounts[:20]:
            account.deposit(1)
    print(
        "objects",
        sum(a.balance for a in accounts),
        sum(a.moves for a in accounts),
        sum(a.interest for a in accounts if isinstance(a, Savings)),
    )


main()
