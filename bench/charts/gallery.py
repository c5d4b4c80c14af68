"""All charts of a run by name: what pages show, what exports write and what has an address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from bench.analysis.costs import costs_of
from bench.analysis.results import Mode, Result
from bench.analysis.timelines import telling
from bench.charts.costs import costs
from bench.charts.efficiency import efficiency
from bench.charts.facts import usable_cpus
from bench.charts.phases import phases
from bench.charts.rounds import rounds
from bench.charts.speedup import speedup
from bench.charts.sweep import sweep
from bench.charts.sweep_times import sweep_times
from bench.charts.theme import Palette
from bench.charts.timeline import timeline_chart, timelines
from bench.charts.times import times
from bench.plan import Plan
from bench.samples import Run

# Where a chart stands: its title is the answer, it stands beside that one, or below both.
Place = Literal["answer", "beside", "below"]


@dataclass(frozen=True)
class View:
    """How a chart is to be seen.

    Without a width (pixels) it takes its container's. `chosen` are the contenders of a timeline;
    without any it shows those that tell most.
    """

    mode: Mode
    palette: Palette
    width: int | None = None
    chosen: tuple[str, ...] = ()


Draw = Callable[[Run, Sequence[Result], View], alt.LayerChart]


@dataclass(frozen=True)
class Kind:
    """A chart: its title, which plans' runs have it, how it is drawn, and its place.

    It shows something of `traces`: what a run without them lacks, or `all` that it shows.
    """

    title: str
    fits: Callable[[Plan], bool]
    draw: Draw
    place: Place = "below"
    traces: Literal["none", "some", "all"] = "none"


def charts_of(plan: Plan) -> dict[str, Kind]:
    """The charts that runs of a plan have, by name, in the order of reading."""
    return {name: kind for name, kind in GALLERY.items() if kind.fits(plan)}


def drawable(run: Run) -> dict[str, Kind]:
    """The charts that have something to show of this run, which comes with its traces."""
    kinds = charts_of(run.plan)
    return {name: kind for name, kind in kinds.items() if run.traces or kind.traces != "all"}


def answer_of(plan: Plan) -> str:
    """The name of the chart whose title is the answer; without a baseline it is that of times."""
    kinds = charts_of(plan)
    return next((name for name, kind in kinds.items() if kind.place == "answer"), "times")


def _always(_: Plan) -> bool:
    return True


def _sweeps(plan: Plan) -> bool:
    return plan.sweep is not None


# What another tool measured has times alone.
def _has_baseline(plan: Plan) -> bool:
    return plan.has_baseline


# What is swept is other work for each value, and its passes are not traced.
def _sweeps_nothing(plan: Plan) -> bool:
    return plan.sweep is None


def _has_speedups(plan: Plan) -> bool:
    return _sweeps_nothing(plan) and plan.has_baseline


def _has_several_workers(plan: Plan) -> bool:
    return _has_speedups(plan) and any(one.workers > 1 for one in plan.contenders)


def _in_mode(
    chart: Callable[[Run, Sequence[Result], Mode, Palette, int | None], alt.LayerChart],
) -> Draw:
    return lambda run, found, view: chart(run, found, view.mode, view.palette, view.width)


def _phases(run: Run, found: Sequence[Result], view: View) -> alt.LayerChart:
    return phases(found, costs_of(run), view.palette, view.width)


def _costs(run: Run, found: Sequence[Result], view: View) -> alt.LayerChart:
    return costs(found, costs_of(run), usable_cpus(run), view.palette, view.width)


def _timeline(run: Run, found: Sequence[Result], view: View) -> alt.LayerChart:
    traced = [trace.contender for trace in run.traces]
    chosen = view.chosen or telling(found, traced, view.mode)
    return timeline_chart(run, timelines(run, chosen), view.palette, view.width)


GALLERY: Mapping[str, Kind] = {
    "times": Kind("Times", _sweeps_nothing, _in_mode(times), "beside"),
    "speedup": Kind("Speedup", _has_speedups, _in_mode(speedup), "answer"),
    "sweep": Kind("Speedup", _sweeps, _in_mode(sweep), "answer"),
    "sweep-times": Kind("Times", _sweeps, _in_mode(sweep_times), "beside"),
    "phases": Kind("Where the time goes", _has_baseline, _phases),
    "costs": Kind("Cost", _has_baseline, _costs, traces="some"),
    "efficiency": Kind("Efficiency", _has_several_workers, _in_mode(efficiency)),
    "timeline": Kind("Timeline", _has_speedups, _timeline, traces="all"),
    "rounds": Kind("Round by round", _always, _in_mode(rounds)),
}
