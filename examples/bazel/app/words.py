"""What the program says."""

GREETING = "Thank you for your order."
