"""A run in short: its finding, figures to five digits, and their way to plain lists and back."""

from bench.analysis.intervals import Interval
from bench.analysis.results import results
from bench.analysis.summary import (
    Figure,
    figures_as_plain,
    figures_from_plain,
    summary_of,
)
from tests.factory import a_run

NO_SPEEDUP = Figure(Interval(1.5, 1.4, 1.6), None)
ONE_ROUND = Figure(Interval(1.5), Interval(2.0))
WHOLE = Figure(Interval(1.5, 1.4, 1.6), Interval(2.0, 1.9, 2.1))


def test_figures_survive_being_made_plain() -> None:
    figures = (WHOLE, None, NO_SPEEDUP, ONE_ROUND)
    plain = figures_as_plain(figures)
    assert plain[:3] == [[1.5, 1.4, 1.6, 2.0, 1.9, 2.1], None, [1.5, 1.4, 1.6]]
    assert figures_from_plain(plain) == figures


def test_a_summary_has_a_figure_for_each_of_the_line_up_to_five_digits() -> None:
    run = a_run(failed=["threads × 2"])
    summary = summary_of(run)
    assert summary.headline.startswith("Processes × 2: 1.8")
    found = dict(zip([one.name for one in run.plan.line_up], summary.figures, strict=True))
    assert found["threads × 2"] is None
    figure = found["processes × 2"]
    reading = next(one for one in results(run) if one.contender.name == "processes × 2").warm
    assert figure
    assert figure.speedup
    assert reading
    assert reading.speedup
    for short, whole in ((figure.seconds, reading.seconds), (figure.speedup, reading.speedup)):
        assert (short.estimate, short.low, short.high) == (
            float(f"{whole.estimate:.5g}"),
            float(f"{whole.low:.5g}"),
            float(f"{whole.high:.5g}"),
        )
