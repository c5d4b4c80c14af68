"""An axis of values, by steps or by factors: where a value stands on it, and its ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis.words import digits

# Values that span more than this are spaced by factors.
_WIDE = 8.0

# How far an axis by factors goes on beyond what it has to hold, and one by steps.
_BEYOND, _ABOVE = 1.15, 1.06

# The interval of two rounds may reach many times as far as its estimate: axes end at this multiple
# of the estimates.
REACH = 2.0


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `top`; their places go from 0 to `length`.

    By steps, `low` is 0 and a place is the value. By factors (`log`), it is how many decades the
    value is above `low`.
    """

    low: float
    top: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value stands; one beyond the axis stands at its end."""
        within = min(max(value, self.low), self.top)
        return math.log10(within / self.low) if self.log else within - self.low

    @property
    def length(self) -> float:
        return self.place(self.top)

    def ticks(self, most: int) -> list[float]:
        """Round values on the axis, about `most` at most."""
        return _factors(self.low, self.top, most) if self.log else _steps(self.top, most)

    def numbers(self, ticks: Sequence[float]) -> list[str]:
        """Ticks in figures: 0.0, 0.5, 1.0; by factors each with its own digits: 0.05, 1, 20."""
        if self.log or len(ticks) < 2:
            return [digits(tick, 1) for tick in ticks]
        decimals = max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))
        return [f"{tick:,.{decimals}f}" for tick in ticks]


def axis_of(estimates: Sequence[float], ends: Sequence[float], held: Sequence[float] = ()) -> Axis:
    """The axis for estimates and the ends of their intervals: from 0, unless they span too much.

    It holds the values `held`, too. All are positive.
    """
    values = [*estimates, *held] or [1.0]
    low, high = min(values), max(values)
    least = max(low / REACH, min([low, *ends]))
    most = min(high * REACH, max([high, *ends]))
    if spread_out(estimates):
        return Axis(least / _BEYOND, most * _BEYOND, log=True)
    return Axis(0.0, most * _ABOVE)


def spread_out(values: Sequence[float]) -> bool:
    """Whether positive values span so much that steps would press the small ones flat."""
    return bool(values) and max(values) / min(values) > _WIDE


def _steps(top: float, most: int) -> list[float]:
    size = 10.0 ** math.floor(math.log10(top / most))
    step = next(size * factor for factor in (1, 2, 5, 10) if top / (size * factor) <= most)
    return [float(f"{step * count:.6g}") for count in range(int(top / step + 1e-9) + 1)]


def _factors(low: float, top: float, most: int) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(top)) + 1)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        values = [factor * 10.0**power for power in powers for factor in factors]
        within = [value for value in values if low <= value <= top]
        if len(within) <= most:
            return within
    # Every second, third … decade, and always 1.
    every = math.ceil(len(within) / most)
    return [10.0**power for power in powers if power % every == 0 and low <= 10.0**power <= top]
