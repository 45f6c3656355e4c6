import state
from state import total as total_at_import


def limit():
    return state.LIMIT


def bump_twice():
    return state.bump(10), state.bump(10)


def seen_total():
    return state.total


def call_later():
    return later()
