print("c starts")
from d import thing

other = 1
