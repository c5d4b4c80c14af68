"""Results as the rows of a table."""

from bench.analysis.figures import figures
from bench.analysis.results import results
from tests.build import a_plan, rounds_of
from tests.build import a_run as built
from tests.factory import a_run


def test_a_row_a_contender_with_what_is_said_of_it() -> None:
    run = a_run(failed=["threads × 2"])
    rows = {row["contender"]: row for row in figures(results(run), "warm")}
    assert list(rows["sequential"]) == [
        "contender",
        "time",
        "speedup",
        "95% interval",
        "verdict",
        "rounds",
    ]
    assert (rows["sequential"]["verdict"], rows["sequential"]["speedup"]) == ("baseline", "")
    assert rows["processes × 2"]["verdict"] == "faster"
    assert rows["threads × 2"]["verdict"] == "failed"


def test_before_the_first_round_nothing_is_measured() -> None:
    plan = a_plan(executors=["threads"])
    rows = figures(results(built(plan, rounds_of(plan, {"sequential": [1.0]}))), "warm")
    assert [row["verdict"] for row in rows] == ["baseline", "not measured", "not measured"]
