"""Computing that is counted, not timed: a number of turns of a loop.

A loop that looked at the clock would do less when a worker is slowed down, and what is to be seen
would be gone. So every contender does the same number of turns; how long they take is the machine's
and the interpreter's own affair.
"""

# About as many turns as CPython 3.11 makes in a microsecond on a CPU of 2023.
TURNS_A_MICROSECOND = 25


def turns_for(microseconds: float) -> int:
    """How many turns stand for so much computing."""
    return round(microseconds * TURNS_A_MICROSECOND)


def turn(turns: int, value: int) -> int:
    """A number that depends on every turn: each one takes `value` to the next of 2**24 numbers.

    They are small, so that each turn costs the same.
    """
    for _ in range(turns):
        value = (value * 5 + 1) & 0xFFFFFF
    return value
