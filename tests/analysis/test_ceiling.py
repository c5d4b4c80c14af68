"""The ceiling is what others are held against: it wins no headline over them."""

from collections.abc import Mapping, Sequence

from bench.analysis.results import results
from bench.analysis.words import headline
from tests.build import a_plan, a_run, rounds_of

BASELINE: Mapping[str, Sequence[float]] = {
    "sequential": (1.0, 1.01, 0.99, 1.0, 1.0),
    "control": (1.0, 0.99, 1.0, 1.01, 1.0),
    "ceiling × 2": (0.5, 0.505, 0.495, 0.5, 0.5),
}


def headline_of(executors: Sequence[str], warm: Mapping[str, Sequence[float]]) -> str:
    plan = a_plan(executors=executors)
    return headline(results(a_run(plan, rounds_of(plan, warm), state="done")), "warm")


def test_a_slower_contender_wins_over_the_ceiling() -> None:
    warm = {**BASELINE, "processes × 2": (0.6, 0.605, 0.595, 0.6, 0.6)}
    assert headline_of(["processes", "ceiling"], warm).startswith("Processes × 2: 1.67 times")


def test_where_only_the_ceiling_is_faster_no_contender_is() -> None:
    warm = {**BASELINE, "threads × 2": (1.0, 1.02, 0.98, 1.0, 1.0)}
    said = headline_of(["threads", "ceiling"], warm)
    assert said.startswith("Threads × 2: no difference shown")


def test_alone_it_is_what_is_told() -> None:
    assert headline_of(["ceiling"], BASELINE).startswith("Ceiling × 2: 2.00 times as fast")
