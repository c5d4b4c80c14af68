"""Whether a recommendation held: by what a run shows, never by what was expected."""

from collections.abc import Mapping, Sequence

from bench.analysis.advice import Check, checked
from bench.analysis.results import results
from tests.build import a_failure, a_plan, a_run, rounds_of

PLAN = a_plan(executors=["threads", "processes"])
NAMES = ("sequential", "control", "threads × 2", "processes × 2")


def check(name: str, warm: Mapping[str, float], wild: Sequence[float] = (1.0, 1.01, 0.99)) -> Check:
    """What a run says to `name` in which contenders take so long; the wild ones vary so."""
    times = {
        one: [warm.get(one, 1.0) * (by if " × " in one else 1.0) for by in wild] for one in NAMES
    }
    run = a_run(PLAN, rounds_of(PLAN, times), state="done")
    return checked(name, run, results(run), "warm")


def test_one_that_all_else_is_slower_than_is_shown_best() -> None:
    found = check("processes × 2", {"processes × 2": 0.5, "threads × 2": 0.9})
    assert (found.stand, found.held) == ("shown best", True)
    assert found.sentence == (
        "It held: all else is shown to be slower than processes × 2, 2.00 times as fast as "
        "sequential (1.95–2.05)."
    )
    assert found.margin
    assert 1.7 < found.margin.estimate < 1.9


def test_one_that_another_may_equal_is_not_shown_to_differ_from_it() -> None:
    found = check("processes × 2", {"processes × 2": 0.5, "threads × 2": 0.505})
    assert (found.stand, found.held, found.like) == ("not shown to differ", True, ("threads × 2",))
    assert "no difference is shown to threads × 2." in found.sentence


def test_one_that_is_beaten_is_refuted_by_the_fastest_of_those_that_do() -> None:
    found = check("threads × 2", {"processes × 2": 0.5})
    assert (found.stand, found.held, found.best) == ("refuted", False, "processes × 2")
    assert found.sentence.startswith("It did not hold: processes × 2 is 2.00 times as fast as thr")


def test_sequential_work_is_refuted_by_what_gains_and_held_where_nothing_does() -> None:
    assert check("sequential", {"processes × 2": 0.5}).stand == "refuted"
    slower = check("sequential", {"processes × 2": 2.0, "threads × 2": 1.5})
    assert slower.stand == "shown best"
    assert slower.gain is None


def test_intervals_that_do_not_tell_it_from_sequential_resolve_nothing() -> None:
    found = check("processes × 2", {"processes × 2": 0.9, "threads × 2": 0.9}, (0.3, 1.0, 3.0))
    assert (found.stand, found.held) == ("not resolved", None)
    assert "longer, or on a calmer machine" in found.sentence


def test_one_that_failed_was_not_checked_and_says_why() -> None:
    times = {name: [1.0, 1.0] for name in NAMES[:3]}
    run = a_run(PLAN, rounds_of(PLAN, times), [a_failure("processes × 2")], state="done")
    found = checked("processes × 2", run, results(run), "warm")
    assert (found.stand, found.held) == ("not checked", None)
    assert found.sentence == "It could not be checked: It broke."
