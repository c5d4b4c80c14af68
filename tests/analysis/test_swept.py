"""Runs that sweep: lines over the values, and what is said of them."""

import pytest

from bench.analysis.results import baselines_of, errors_of, results
from bench.analysis.swept import headline_of, lines_of, sentences_of, values_of
from bench.plan import Plan
from bench.samples import Run
from tests.build import a_failure, a_plan, a_run, a_sample, rounds_of

WOBBLE = (1.0, 1.01, 0.99)


def length(*values: float) -> Plan:
    return a_plan("spin", executors=["processes"], sweep=("length", values))


def measured(plan: Plan, speedups: dict[str, float]) -> Run:
    """Three rounds in which a contender is so many times as fast as its baseline."""
    times = {
        one.name: [wobble / speedups.get(one.name, 1.0) for wobble in WOBBLE]
        for one in plan.line_up
    }
    return a_run(plan, rounds_of(plan, times), state="done")


def of_line(plan: Plan, *speedups: float, line: str = "processes × 2") -> Run:
    assert plan.sweep
    names = [one.name for one in plan.contenders if one.name.startswith(line)]
    return measured(plan, dict(zip(names, speedups, strict=True)))


def test_a_line_has_its_values_in_ascending_order() -> None:
    run = of_line(length(100, 1, 10), 2.0, 0.5, 0.6)
    (line,) = lines_of(run, results(run), "warm")
    assert line.name == "processes × 2"
    assert [one.contender.at for one in line.results] == [1, 10, 100]


def test_names_keep_the_order_they_were_given_in() -> None:
    plan = a_plan(executors=["processes"], sweep=("chunk", ["one", "even", "many"]))
    assert values_of(plan) == ["one", "even", "many"]


def test_the_break_even_is_the_headline_with_its_interval() -> None:
    run = of_line(length(1, 10, 100), 0.25, 0.5, 2.0)
    said = headline_of(run, results(run), "warm")
    assert said.startswith("Processes × 2 breaks even at length 31.6 µs (")
    assert said.endswith("), faster above.")


def test_a_line_is_told_stretch_by_stretch() -> None:
    run = of_line(length(1, 10, 100, 1_000), 0.25, 0.5, 1.0, 2.0)
    (said,) = sentences_of(run, results(run), "warm")
    assert said.startswith(
        "Processes × 2: slower from length 1 to 10 µs, no difference shown at length 100 µs, "
        "faster at length 1,000 µs; breaks even at length 100 µs ("
    )


def test_without_a_crossing_the_fastest_is_the_headline() -> None:
    run = of_line(length(1, 10), 1.5, 2.0)
    said = headline_of(run, results(run), "warm")
    assert said.startswith("Processes × 2 at length 10: 2.00 times as fast as sequential at len")


def test_each_value_of_a_parameter_has_a_baseline_and_a_control_of_its_own() -> None:
    plan = length(1, 10)
    assert [one.name for one in plan.line_up] == [
        "sequential at length 1",
        "control at length 1",
        "sequential at length 10",
        "control at length 10",
        "processes × 2 at length 1",
        "processes × 2 at length 10",
    ]
    against = baselines_of(plan)
    assert against["processes × 2 at length 10"] == "sequential at length 10"
    assert against["control at length 10"] == "sequential at length 10"
    assert against["sequential at length 10"] == "sequential at length 10"


def test_an_option_has_one_baseline_for_all_of_its_values() -> None:
    plan = a_plan(executors=["processes"], sweep=("chunk", [1, 10]))
    assert [one.name for one in plan.line_up] == [
        "sequential",
        "control",
        "processes × 2 at chunk 1",
        "processes × 2 at chunk 10",
    ]
    assert set(baselines_of(plan).values()) == {"sequential"}


def test_answers_are_held_against_the_baseline_with_the_same_value() -> None:
    plan = length(1, 10)
    answers = {1.0: "one", 10.0: "ten"}
    samples = [a_sample(one.name, answer=answers[float(one.at or 0)]) for one in plan.line_up]
    assert errors_of(plan, samples, []) == {}
    wrong = a_sample("processes × 2 at length 10", answer="one")
    assert set(errors_of(plan, [*samples, wrong], [])) == {"processes × 2 at length 10"}


def test_a_value_whose_baseline_failed_leaves_the_others_their_results() -> None:
    plan = length(1, 10)
    errors = errors_of(plan, [], [a_failure("sequential at length 10")])
    assert errors["processes × 2 at length 10"] == "Its baseline failed. It broke."
    assert "control at length 10" in errors
    assert not any(name.endswith("length 1") for name in errors)


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_value_without_a_result_leaves_the_line_the_others(broken: int) -> None:
    plan = length(1, 10, 100)
    run = of_line(plan, 0.25, 0.5, 2.0)
    failed = a_run(plan, run.samples, [a_failure(plan.contenders[broken].name)], state="done")
    (said,) = sentences_of(failed, results(failed), "warm")
    assert "no result at length" in said
    assert ("breaks even" in said) == (broken != 2)
