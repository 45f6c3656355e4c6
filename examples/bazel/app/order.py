"""Prints the receipt for an order given as arguments."""

import sys

from shop.order import receipt
from words import GREETING

order = " ".join(sys.argv[1:]) or "2 assam, 1 sencha"
print(receipt(order))
print(GREETING)
