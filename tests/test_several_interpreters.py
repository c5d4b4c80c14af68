"""One run on several Pythons: what is refused, who is compared with whom, and real trials."""

from collections.abc import Callable, Mapping

import pytest

from bench.analysis.results import results
from bench.analysis.words import sentence
from bench.asking.plans import draft, plan_from_json
from bench.errors import Refused, Unavailable
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import interpreter_of, known_interpreters
from bench.measure.trials import trials
from bench.plan import Plan, this_interpreter
from bench.samples import Failure, Sample
from tests.factory import a_run

OWN = this_interpreter()

KNOWN = {
    "3.98": Interpreter(
        "3.98",
        "/nowhere/python3.98",
        "3.98.0",
        "CPython",
        executors={"threads": None, "processes": "It has none."},
        workloads={"primes": None, "pages": "This Python has no requests."},
    ),
    "3.9": Interpreter("3.9", "/nowhere/python3.9", problem="Python 3.9.1 is older than 3.11."),
}


def known() -> Mapping[str, Interpreter]:
    return KNOWN


def planned(
    *interpreters: str, workload: str = "primes", executors: tuple[str, ...] = ("threads",)
) -> Plan:
    return draft(
        workload,
        executors={name: {} for name in executors},
        workers=[2],
        interpreters=interpreters,
        ceiling=False,
        known=known,
    )


def test_each_interpreter_has_a_baseline_and_the_first_one_the_control() -> None:
    assert [one.name for one in planned(OWN, "3.98").line_up] == [
        f"sequential on {OWN}",
        "control",
        "sequential on 3.98",
        f"threads × 2 on {OWN}",
        "threads × 2 on 3.98",
    ]


def test_with_one_interpreter_names_do_not_tell_it() -> None:
    plan = planned("3.98")
    assert [one.name for one in plan.line_up] == ["sequential", "control", "threads × 2"]
    assert {one.interpreter for one in plan.line_up} == {"3.98"}


def test_a_plan_of_several_comes_back_equal() -> None:
    plan = planned(OWN, "3.98")
    assert plan_from_json(plan.as_json(), known) == plan
    assert Plan.restored(plan.as_json()) == plan


@pytest.mark.parametrize(
    ("interpreters", "more", "sentence"),
    [
        (("3.7",), {}, "interpreter is '3.7': it must be one of 3.98."),
        (
            ("3.9",),
            {},
            "interpreter is '3.9': it must be one of 3.98; Python 3.9.1 is older than 3.11.",
        ),
        (
            ("3.98",),
            {"workload": "pages"},
            "workload is 'pages': it must be one that can run on 3.98; "
            "This Python has no requests.",
        ),
        (
            (OWN, "3.98"),
            {"executors": ("processes",)},
            "executor is 'processes': it must be one that can run on 3.98; It has none.",
        ),
    ],
)
def test_what_an_interpreter_cannot_run_is_refused(
    interpreters: tuple[str, ...], more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        planned(*interpreters, **more)  # type: ignore[arg-type]
    assert str(refusal.value) == sentence


def test_a_speedup_is_over_the_baseline_on_the_same_interpreter() -> None:
    run = a_run(
        {
            "sequential on 3.98": (2.0, 0.0),
            "threads × 2 on 3.11": (4.0, 0.0),
            "threads × 2 on 3.98": (1.0, 0.0),
        },
        baseline=4.0,
        interpreters=("3.11", "3.98"),
    )
    found = {result.contender.name: result for result in results(run)}
    assert found["threads × 2 on 3.98"].against == "sequential on 3.98"
    assert found["sequential on 3.98"].against == "sequential on 3.11"
    said = sentence(found["threads × 2 on 3.98"], "warm")
    assert "times as fast as sequential on 3.98" in said
    speedups = {
        name: round(result.warm.speedup.estimate)
        for name, result in found.items()
        if result.warm and result.warm.speedup
    }
    assert speedups["threads × 2 on 3.98"] == 2
    assert speedups["sequential on 3.98"] == 2
    assert speedups["threads × 2 on 3.11"] == 1


def test_if_another_baseline_fails_its_contenders_have_no_result() -> None:
    run = a_run(
        {"threads × 2 on 3.11": (1.0, 0.0), "threads × 2 on 3.98": (1.0, 0.0)},
        interpreters=("3.11", "3.98"),
        failed=["sequential on 3.98"],
    )
    errors = {result.contender.name: result.error for result in results(run)}
    assert errors["threads × 2 on 3.98"].startswith("Its baseline failed.")
    assert errors["threads × 2 on 3.11"] == ""


def test_an_interpreter_that_is_gone_is_said_in_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"Python 3\.7 is not on this machine any more"):
        interpreter_of("3.7", known)


def test_trials_run_on_each_interpreter_that_is_here(
    record_property: Callable[[str, object], None],
) -> None:
    here = [one for one in known_interpreters().values() if not one.problem]
    record_property("interpreters", ", ".join(one.label for one in here))
    plan = draft(
        "primes",
        executors={"threads": {}, "processes": {}},
        workers=[2],
        parameters={"limit": 10_000},
        interpreters=[one.name for one in here],
    )
    with trials(plan, seconds=60, stopping=lambda: False) as trial:
        outcomes = [trial(contender, 1, place) for place, contender in enumerate(plan.line_up)]
    assert [one for one in outcomes if isinstance(one, Failure)] == []
    assert {one.answer for one in outcomes if isinstance(one, Sample)} == {"1229"}
