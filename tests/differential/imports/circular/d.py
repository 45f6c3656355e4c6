print("d starts")
from c import other

thing = 2
