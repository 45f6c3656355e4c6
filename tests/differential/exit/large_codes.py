# Codes beyond a byte wrap as the system does.
import sys

sys.exit(256 + 7)
