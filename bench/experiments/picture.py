"""What an experiment draws, as data: one of a few kinds of picture, and its rows.

bars      a value for each label, in groups: increments lost, cost of each way
spans     what went on where and when: tasks on workers, held and wanted locks
lines     a value over time or over another value, a line a series
grid      a word for each pair of row and column: what can be sent, and how
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["bars", "spans", "lines", "grid"]
Row = Mapping[str, Any]

# What a row holds in each kind of picture. `tone` is how it is meant: good, bad or neutral.
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "bars": ("label", "value", "text", "tone"),  # low and high, if there is an interval
    "spans": ("lane", "start", "end", "text", "tone"),
    "lines": ("series", "x", "y"),  # low and high, if there is an interval
    "grid": ("row", "column", "text", "tone"),
}


@dataclass(frozen=True)
class Picture:
    """A picture of one kind: a title, its axes and rows, and what it shows in a sentence.

    `x` and `y` are the axes' titles, with units; `marks` are values at which a line is drawn
    across, each with its text: what would be right, a limit. `log` is an axis by factors: where no
    value of bars is 0, they become dots, as such an axis has no zero to begin at.
    """

    kind: Kind
    title: str
    sentence: str
    rows: Sequence[Row]
    x: str = ""
    y: str = ""
    marks: Sequence[tuple[float, str]] = ()
    log: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            absent = [name for name in FIELDS[self.kind] if name not in row]
            if absent:
                raise TypeError(f"{self.kind}: a row lacks {', '.join(absent)}")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
