"""Timelines as rows to draw: a block a contender, in it a lane a worker, in it the tasks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.analysis import words
from bench.analysis.timelines import MOST_LANES, Timeline
from bench.charts.drawing import Row, rounded
from bench.charts.facts import counted, ordinal
from bench.charts.labels import wrapped
from bench.charts.theme import Palette, colour_of
from bench.executors import workers_are
from bench.plan import Contender
from bench.samples import Span

# In pixels: a heading, a further line of it, and what is free below a block.
_HEADING, _LINE, _GAP = 26, 15, 14

# About how wide a character of a heading is, in pixels, and its longest line on a narrow chart.
_CHARACTER, _NARROW = 8, 38

_WORKERS: Mapping[str, str] = {
    "none": "thread",
    "threads": "thread",
    "processes": "process",
    "interpreters": "interpreter",
    "coroutines": "lane",
}


@dataclass
class TimelineRows:
    """Rows by what they draw; the height of all in pixels, `narrow_height` on a narrow chart."""

    headings: list[Row] = field(default_factory=list)
    lanes: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    height: int = 0
    narrow_height: int = 0

    def space(self, wide: int, narrow: int) -> None:
        self.height += wide
        self.narrow_height += narrow


def timeline_rows(
    shown: Sequence[tuple[Contender, Timeline]], size: float, palette: Palette
) -> TimelineRows:
    """The rows of these contenders from the top down; times in units of that size in seconds."""
    step = _step(sum(len(one.lanes) for _, one in shown))
    rows = TimelineRows()
    for contender, one in shown:
        nouns = list(_nouns(contender, one))
        told = facts_of(one, nouns[0] if nouns else "worker")
        narrow = wrapped(told, _NARROW, ", ")
        rows.headings.append(
            {
                "middle": rows.height + 10,
                "narrow_middle": rows.narrow_height + 10,
                "name": contender.name,
                "lines": [", ".join(told)],
                "narrow_lines": narrow,
                "after": _CHARACTER * len(contender.name) + 14,
            }
        )
        rows.space(_HEADING, _HEADING + _LINE * len(narrow))
        numbers: Counter[str] = Counter()
        for lane, noun in zip(one.lanes, nouns, strict=True):
            numbers[noun] += 1
            at = len(rows.lanes)
            rows.tasks += [_task(span, at, size) for span in lane.spans]
            rows.lanes.append(
                {
                    "lane": at,
                    "top": rows.height,
                    "narrow_top": rows.narrow_height,
                    "thick": step - 4,
                    "contender": contender.name,
                    "worker": f"{noun} {numbers[noun]}",
                    "colour": colour_of(contender.executor, palette),
                    "waits": "waiting" if one.staged else "",
                }
            )
            rows.space(step, step)
        rows.space(_GAP, _GAP)
    return rows


def facts_of(one: Timeline, noun: str) -> list[str]:
    """What is known of a timeline: how many tasks, how long, what they did meanwhile."""
    tasks = counted(one.tasks, "task")
    drawn = tasks if one.every == 1 else f"every {ordinal(one.every)} of {tasks}"
    return [
        f"{drawn} in {words.seconds(one.pass_s)}",
        *(
            []
            if one.on_cpu is None
            else [f"on a CPU for {words.percent(one.on_cpu)} of their time"]
        ),
        *([f"up to {one.at_once} under way at a time"] if one.overlapping else []),
        *(
            [f"{MOST_LANES} of {counted(one.lanes_in_all, noun)} drawn"]
            if one.lanes_in_all > len(one.lanes)
            else []
        ),
    ]


def _nouns(contender: Contender, one: Timeline) -> Iterator[str]:
    """What the worker of each lane is."""
    kind = workers_are(contender.executor)
    for lane in one.lanes:
        if kind == "threads and processes":
            yield "process" if lane.stages == {1} else "thread"
        else:
            yield _WORKERS.get(kind, "worker")


def _step(lanes: int) -> int:
    """The height of a lane in pixels: less where there are many."""
    return next((step for most, step in ((6, 28), (16, 22), (32, 18)) if lanes <= most), 14)


def _task(span: Span, lane: int, size: float) -> Row:
    row: Row = {"lane": lane, "x": rounded(span.start / size), "x2": rounded(span.end / size)}
    if span.cpu is not None:
        row["cpu"] = rounded(span.cpu / size)
    if span.stage:
        row["stage"] = span.stage
    return row
