"""The example that comes with the lab: whole, steady, and the lab's own."""

from bench.analysis.results import results
from bench.analysis.steadiness import steadiness
from bench.guides.example import example


def test_the_example_is_whole_and_nothing_speaks_against_it() -> None:
    run = example()
    assert (run.state, run.imported) == ("done", None)
    assert steadiness(run).steady
    assert {trace.contender for trace in run.traces} >= {"sequential", "threads × 2"}


def test_the_example_shows_a_gain_and_the_lack_of_one() -> None:
    verdicts = {one.contender.name: one.warm.verdict for one in results(example()) if one.warm}
    assert verdicts["processes × 2"] == "faster"
    assert verdicts["threads × 2"] == "no difference shown"
