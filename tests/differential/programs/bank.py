# Accounts, transactions, roll back, history and a report.
class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, wanted):
        self.account, self.wanted = account, wanted
        super().__init__(f"{account.owner} has {account.balance:.2f}, needs {wanted:.2f}")


class Account:
    _next = 1000
    interest = 0.0

    def __init__(self, owner, balance=0):
        self.number = Account._next
        Account._next += 1
        self.owner, self._balance, self.history = owner, 0, []
        if balance:
            self.deposit(balance)

    @property
    def balance(self):
        return self._balance / 100

    def _move(self, cents, note):
        self._balance += cents
        self.history.append((note, cents, self._balance))

    def deposit(self, amount):
        if amount <= 0:
            raise BankError(f"cannot deposit {amount}")
        self._move(round(amount * 100), "deposit")

    def withdraw(self, amount):
        if amount * 100 > self._balance + self.credit():
            raise InsufficientFunds(self, amount)
        self._move(-round(amount * 100), "withdraw")

    def credit(self):
        return 0

    def end_of_year(self):
        if gain := int(self._balance * self.interest):
            self._move(gain, "interest")

    def __repr__(self):
        return f"<{type(self).__name__} {self.number} {self.owner} {self.balance:.2f}>"

    def __lt__(self, other):
        return self._balance < other._balance


class Savings(Account):
    interest = 0.025

    def withdraw(self, amount):
        if amount > 500:
            raise BankError("savings limit is 500")
        super().withdraw(amount)


class Giro(Account):
    def __init__(self, owner, balance=0, limit=100):
        self.limit = limit
        super().__init__(owner, balance)

    def credit(self):
        return self.limit * 100


class Transfer:
    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.saved = [(a._balance, len(a.history)) for a in self.accounts]
        return self

    def __exit__(self, kind, error, tb):
        if kind is None:
            return False
        for a, (balance, n) in zip(self.accounts, self.saved):
            a._balance = balance
            del a.history[n:]
        print("rolled back:", error)
        return isinstance(error, BankError)

    def move(self, amount):
        src, dst = self.accounts
        dst.deposit(amount)
        src.withdraw(amount)


ann, bob, cid = Savings("Ann", 1000), Giro("Bob", 50.25), Account("Cid")
with Transfer(ann, bob) as t:
    t.move(200)
with Transfer(cid, ann) as t:
    t.move(5)
with Transfer(ann, bob) as t:
    t.move(501)
with Transfer(bob, cid) as t:
    t.move(330.3)
for bad in (lambda: ann.deposit(-1), lambda: bob.withdraw(1e6), lambda: cid.withdraw(1000)):
    try:
        bad()
    except InsufficientFunds as e:
        print("funds:", e, e.wanted, e.account.number)
    except BankError as e:
        print("bank:", e)
for a in (ann, bob, cid):
    a.end_of_year()
    print(a, a.history)
print(sorted([ann, bob, cid]), max(ann, bob, cid).owner, f"{sum(a.balance for a in (ann, bob, cid)):,.2f}")
