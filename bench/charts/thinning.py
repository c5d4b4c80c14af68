"""How much a chart holds: what browsers draw without delay; and what is left out, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.charts.facts import ordinal

Row = Mapping[str, Any]

# No chart has more marks: all that it draws but axes and titles.
MOST_MARKS = 2_000


@dataclass(frozen=True)
class Rounds:
    """Those rounds of a run that are drawn: `every` so manyth of `in_all`."""

    every: int
    drawn: frozenset[int]
    in_all: int

    @property
    def told(self) -> str:
        """Which rounds are drawn, in words."""
        if self.every == 1:
            return "every round"
        shown = f"{len(self.drawn):,} of {self.in_all:,} shown"
        return f"every {ordinal(self.every)} round, {shown}"


def rounds_within(room: int, marks: Mapping[int, int]) -> Rounds:
    """As many rounds as there is room for, evenly spaced; `marks` are those that each takes."""
    rounds = sorted(marks)
    every = max(1, -(-sum(marks.values()) // max(1, room)))
    while every < len(rounds) and sum(marks[one] for one in rounds[::every]) > room:
        every += 1
    return Rounds(every, frozenset(rounds[::every]), len(rounds))


def lines_within(room: int, rows: Sequence[Row]) -> list[Row]:
    """Every so manyth point of each `series`, and its last one, so that there is room for all."""
    lines: dict[object, list[Row]] = {}
    for row in rows:
        lines.setdefault(row["series"], []).append(row)
    every = max(1, -(-len(rows) // max(1, room - len(lines))))
    kept = [[*line[:-1:every], line[-1]] for line in lines.values()]
    return [row for line in kept for row in line]
