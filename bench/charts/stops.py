"""The axis of a swept parameter or option: its values from left to right."""

import json
import math
from dataclasses import dataclass
from typing import Literal

import altair as alt

from bench.analysis.crossings import on_log_axis
from bench.analysis.swept import values_of
from bench.forms import Value
from bench.plan import Plan, spoken, told
from bench.workloads import unit_of

Kind = Literal["log", "linear", "names"]

# What the axis is longer by at either end, as a share of it.
_MARGIN = 0.05


@dataclass(frozen=True)
class Stops:
    """The swept values in order, what is swept with its unit, and how the axis spaces them.

    Numbers stand where they are on the axis; names stand at 0, 1, 2 …
    """

    name: str
    unit: str
    values: tuple[Value, ...]
    kind: Kind

    def x(self, value: Value | None) -> float:
        """Where a value stands on the axis; none stands at its beginning."""
        if value is None:
            return self.ends[0]
        return float(self.values.index(value) if self.kind == "names" else value)

    @property
    def xs(self) -> list[float]:
        """Where the values stand."""
        return [self.x(value) for value in self.values]

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis."""
        xs = self.xs
        if self.kind == "names":
            return -0.5, len(xs) - 0.5
        return self._between(xs[0], xs[-1], -_MARGIN), self._between(xs[0], xs[-1], 1 + _MARGIN)

    def share(self, x: float) -> float:
        """How far along the axis that is, from 0 to 1."""
        low, high = self.ends
        if self.kind == "log":
            return math.log(x / low) / math.log(high / low)
        return (x - low) / (high - low)

    def around(self, value: Value) -> tuple[float, float]:
        """From halfway to the value before to halfway to the one after it."""
        xs = self.xs
        place = self.values.index(value)
        low, high = self.ends
        before = self._between(xs[place - 1], xs[place], 0.5) if place else low
        after = self._between(xs[place], xs[place + 1], 0.5) if place + 1 < len(xs) else high
        return before, after

    def _between(self, one: float, other: float, share: float) -> float:
        if self.kind == "log":
            return float(one * (other / one) ** share)
        return one + (other - one) * share

    @property
    def title(self) -> str:
        unit = self.unit.strip()
        scale = ", log scale" if self.kind == "log" else ""
        return f"{self.name}{f' ({unit})' if unit else ''}{scale}"

    def axis(self) -> alt.X:
        """The axis with a tick at each value."""
        spacing = {"type": "log"} if self.kind == "log" else {"zero": False}
        labels, xs = json.dumps([told(value) for value in self.values]), json.dumps(self.xs)
        return (
            alt.X("x:Q")
            .axis(
                title=self.title,
                values=self.xs,
                labelExpr=f"{labels}[indexof({xs}, datum.value)]",
                labelOverlap="greedy",
            )
            .scale(domain=list(self.ends), nice=False, **spacing)
        )


def stops_of(plan: Plan) -> Stops:
    """The axis of a plan that sweeps."""
    assert plan.sweep
    values = tuple(value for value in values_of(plan) if value is not None)
    numbers = [value for value in values if isinstance(value, int | float)]
    kind: Kind = "names"
    if len(numbers) == len(values):
        kind = "log" if on_log_axis(numbers) else "linear"
    name = plan.sweep.name
    return Stops(spoken(name), unit_of(plan.workload, name), values, kind)
