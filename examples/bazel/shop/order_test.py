"""A test is a program that ends with status 0."""

import sys

from shop.order import receipt, total
from tea import UnknownBlendError


def test_totals():
    # Tests run in the root of their runfiles, where `data` is.
    with open("examples/bazel/shop/orders.txt") as orders:
        for line in orders:
            order, cents = line.split("=")
            assert total(order) == int(cents), line


def test_receipt():
    assert receipt("1 assam").splitlines()[-1].split() == ["total", "3.20"]


def test_unknown_blend():
    try:
        total("1 coffee")
    except UnknownBlendError as error:
        assert str(error) == "no blend is called 'coffee'"
    else:
        raise AssertionError("coffee was sold")


assert sys.argv[1:] == ["--quick"], sys.argv
test_totals()
test_receipt()
test_unknown_blend()
print("passed")
