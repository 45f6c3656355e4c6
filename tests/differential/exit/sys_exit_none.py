# sys.exit() is a success.
import sys

print("ok")
sys.exit()
print("never")
