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


def test_the_example_shows_a_gain_the_lack_of_one_and_what_the_hardware_gives() -> None:
    found = {one.contender.name: one.warm for one in results(example()) if one.warm}
    assert found["processes × 2"].verdict == found["ceiling × 2"].verdict == "faster"
    assert found["threads × 2"].verdict == "no difference shown"


def test_the_example_is_precise() -> None:
    for one in results(example())[1:]:
        assert one.n >= 30
        assert one.warm
        assert one.warm.speedup
        assert one.warm.speedup.half_width < 0.03
