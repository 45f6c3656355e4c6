from shop.stock import describe

assert describe("assam") == "assam: 3 x 320 = <960>", describe("assam")
