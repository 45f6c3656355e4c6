from shop import stock
from space.kinds import green

print(stock.describe("sencha"), green.KIND)
