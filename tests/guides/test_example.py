"""The example that comes with the lab: whole, undisturbed, and the lab's own."""

from bench.analysis.results import results
from bench.analysis.warnings import warnings
from bench.guides.example import example

# What says that others had a hand in the times.
MEDDLED = {"disturbed", "unsteady", "throttled", "swapping", "cannot-tell", "contender-failed"}


def test_the_example_is_whole_and_nobody_meddled_with_it() -> None:
    run = example()
    assert (run.state, run.imported) == ("done", None)
    assert not MEDDLED & {warning.code for warning in warnings(run)}
    assert {trace.contender for trace in run.traces} >= {"sequential", "threads × 2"}


def test_the_example_shows_a_gain_and_the_lack_of_one() -> None:
    verdicts = {one.contender.name: one.warm.verdict for one in results(example()) if one.warm}
    assert verdicts["processes × 2"] == "faster"
    assert verdicts["threads × 2"] != "faster"
