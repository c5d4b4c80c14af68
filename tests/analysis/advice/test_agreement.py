"""The textbook against a run: agreement, disagreement and its reasons, from samples alone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bench.analysis.advice import ROWS, Agreement, agreement
from bench.analysis.results import results
from bench.plan import Plan
from bench.samples import Run
from tests.build import a_plan, a_run, rounds_of

WOBBLE = (1.0, 1.01, 0.99, 1.005, 0.995)


def measured(plan: Plan, seconds: Mapping[str, float], *, usable: int = 8) -> Run:
    times = {
        one.name: [wobble * seconds.get(one.name, 1.0) for wobble in WOBBLE] for one in plan.line_up
    }
    return a_run(plan, rounds_of(plan, times), state="done", usable=usable)


def busy(run: Run, **cpus: float) -> Run:
    """The same run with so many CPUs used by the contenders of an executor."""
    samples = [
        replace(one, warm_cpu_s=cpus.get(one.contender.split()[0], 1.0) * one.warm_s)
        for one in run.samples
    ]
    return replace(run, samples=tuple(samples))


def said(row: str, run: Run) -> Agreement:
    return agreement(ROWS[row], run, results(run))


def told_of(found: Agreement, code: str) -> str:
    """The reason of that code, in words."""
    (reason,) = [reason for reason in found.reasons if reason.code == code]
    return reason.message


BOTH = a_plan()
IMAGES = a_plan("images", parameters={"count": 5, "width": 64})


def test_advice_that_nothing_beats_holds_here() -> None:
    found = said("pure-python", measured(BOTH, {"processes × 2": 0.55}))
    assert (found.stand, found.textbook, found.winner) == ("agrees", *["processes × 2"] * 2)
    assert found.speedup
    assert found.speedup.estimate == pytest.approx(1 / 0.55)
    assert found.sentence == "Here, too: nothing is shown to be faster than processes × 2."


def test_advice_that_is_beaten_does_not_hold_and_by_how_much_is_told() -> None:
    run = busy(measured(IMAGES, {"processes × 2": 0.8, "threads × 2": 0.5}), threads=1.9)
    found = said("images", run)
    assert (found.stand, found.textbook, found.winner) == (
        "disagrees",
        "processes × 2",
        "threads × 2",
    )
    assert found.sentence == (
        "Not here: threads × 2 is 1.60 times as fast as processes × 2 (1.60–1.60)."
    )
    assert told_of(found, "lets-gil-go").endswith(
        ": this C code lets the GIL go, and nothing is copied to threads."
    )
    free = replace(run, samples=tuple(replace(one, gil=False) for one in run.samples))
    assert "there is no GIL" in told_of(said("images", free), "lets-gil-go")


def test_advice_that_sequential_work_beats_does_not_hold() -> None:
    found = said("pure-python", measured(BOTH, {"processes × 2": 3.0, "threads × 2": 1.2}))
    assert (found.stand, found.winner) == ("disagrees", "sequential")


def test_where_all_are_alike_no_difference_is_shown() -> None:
    assert said("pure-python", measured(BOTH, {})).stand == "no difference shown"


def test_doing_nothing_is_right_only_where_all_else_is_slower() -> None:
    plan = a_plan("ufunc", executors=["threads"], parameters={"count": 5, "size": 10, "loops": 1})
    for seconds, stand in ((1.3, "agrees"), (1.0, "no difference shown"), (0.6, "disagrees")):
        assert said("numpy", measured(plan, {"threads × 2": seconds})).stand == stand


def test_without_what_is_advised_nothing_is_said() -> None:
    run = measured(a_plan(executors=["threads"]), {"threads × 2": 0.5})
    found = said("pure-python", run)
    assert (found.stand, found.sentence) == (
        "not measured",
        "What is advised was not measured.",
    )
    assert said("pure-python", a_run(BOTH)).stand == "not measured"


def test_tasks_that_are_too_short_are_told_of() -> None:
    plan = a_plan("tiny", executors=["processes"], parameters={"count": 1_000})
    found = said("simple", measured(plan, {"sequential": 0.001, "processes × 2": 0.05}))
    (reason,) = [reason for reason in found.reasons if reason.code == "too-short"]
    assert reason.message.startswith("A task takes 1.00 µs alone; handing it over")


def test_c_code_that_keeps_the_gil_is_told_of() -> None:
    run = measured(IMAGES, {"threads × 2": 1.1, "processes × 2": 0.6})
    textbook = replace(ROWS["images"], textbook=("threads",))
    found = agreement(textbook, run, results(run))
    assert "keeps-gil" in [reason.code for reason in found.reasons]


def test_without_a_gil_that_is_the_reason() -> None:
    run = busy(measured(BOTH, {"threads × 2": 0.5, "processes × 2": 0.8}), threads=1.95)
    free = replace(run, samples=tuple(replace(one, gil=False) for one in run.samples))
    assert "no-gil" in [reason.code for reason in said("pure-python", free).reasons]


WAITS = a_plan(
    "waiting",
    executors=["threads", "asyncio"],
    workers=[8],
    parameters={"count": 32, "delay": 0.05},
)


def test_a_server_that_answers_no_faster_is_told_of() -> None:
    row = replace(ROWS["server"], textbook=("threads",))
    run = busy(measured(WAITS, {"threads × 8": 0.5, "asyncio × 8": 0.4}), threads=0.1, asyncio=0.1)
    codes = [reason.code for reason in agreement(row, run, results(run)).reasons]
    assert "server-bound" in codes
    fast = busy(measured(WAITS, {"threads × 8": 0.15, "asyncio × 8": 0.12}), threads=0.1)
    codes = [reason.code for reason in agreement(row, fast, results(fast)).reasons]
    assert "server-bound" not in codes


def test_a_client_that_keeps_its_cpu_busy_is_told_of() -> None:
    run = busy(measured(WAITS, {"threads × 8": 0.2, "asyncio × 8": 0.5}), asyncio=0.98)
    found = said("server", run)
    assert (found.stand, found.winner) == ("disagrees", "threads × 8")
    assert "client-bound" in [reason.code for reason in found.reasons]


def test_two_cpus_are_named_where_processes_are_beaten_on_them() -> None:
    run = measured(IMAGES, {"processes × 2": 0.8, "threads × 2": 0.5}, usable=2)
    assert told_of(said("images", run), "few-cpus").startswith("Only 2 CPUs can be used")
    many = measured(IMAGES, {"processes × 2": 0.8, "threads × 2": 0.5}, usable=16)
    assert "few-cpus" not in [reason.code for reason in said("images", many).reasons]


def test_a_disagreement_that_nothing_explains_says_so() -> None:
    run = busy(measured(WAITS, {"threads × 8": 0.2, "asyncio × 8": 0.25}), threads=0.6, asyncio=0.6)
    found = said("server", run)
    assert found.stand == "disagrees"
    assert [reason.code for reason in found.reasons] == ["not-told"]


def test_it_is_plain_data_with_its_sentence() -> None:
    plain = said("pure-python", measured(BOTH, {"processes × 2": 0.55})).as_json()
    assert (plain["stand"], plain["winner"]) == ("agrees", "processes × 2")
    assert plain["sentence"].startswith("Here, too")
