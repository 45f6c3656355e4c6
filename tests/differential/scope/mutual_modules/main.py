# Functions of one module that use names of another after it was changed; names bound late.
import state
from state import LIMIT, bump, history
import user


def local_copy():
    return LIMIT, state.LIMIT, user.limit()


print(local_copy())
state.LIMIT = 99
print(local_copy())
bump(2)
user.bump_twice()
print(state.total, history, user.seen_total(), user.total_at_import)
state.bump = lambda n: "patched"
print(bump(1), state.bump(1), user.bump_twice())
user.later = lambda: "defined by main"
print(user.call_later())
del state.total
try:
    bump(1)
except NameError as e:
    print(type(e).__name__, e)
try:
    user.seen_total()
except AttributeError as e:
    print(e)
state.total = 1000
print(bump(1), user.seen_total())
