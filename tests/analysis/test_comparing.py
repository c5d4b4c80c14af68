"""Comparing two runs: what is matched, what is shown, what is said above it, what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.comparing import compare
from bench.analysis.comparing_cautions import cautions_of
from bench.analysis.comparing_words import (
    compared_headline,
    compared_sentence,
    slower_sentences,
)
from bench.errors import Refused
from bench.plan import Plan
from bench.samples import Run
from tests.build import a_failure, a_plan, rounds_of
from tests.factory import PROCESSES_WIN, a_run, a_sweep, disturbed

A = a_run(noise=0.004)


def b_run(run: Run | None = None, **more: Any) -> Run:
    """A run that is another one than A, a minute later."""
    later = 1_700_000_060.0
    return replace(
        run or a_run(seed=2, noise=0.004), **{"id": "b", "created": later, "started": later, **more}
    )


def slower(name: str, factor: float) -> Run:
    warm, start = PROCESSES_WIN[name]
    return b_run(a_run({**PROCESSES_WIN, name: (factor * warm, start)}, seed=2, noise=0.004))


def codes(a: Run, b: Run) -> list[str]:
    return [caution.code for caution in cautions_of(compare(a, b))]


def of_times(plan: Plan, warm: Mapping[str, Sequence[float]], id_: str) -> Run:
    return Run(id_, plan, "done", 1_000.0, {}, rounds_of(plan, warm), started=1_000.0)


def test_the_ratio_of_times_is_that_of_geometric_means_over_rounds_that_nothing_pairs() -> None:
    plan = a_plan(executors=["threads"])
    a = of_times(plan, {"threads × 2": [1.0, 4.0], "sequential": [8.0, 8.0]}, "a")
    b = of_times(plan, {"threads × 2": [1.0, 2.0, 4.0], "sequential": [8.0] * 3}, "b")
    changes = {pair.name: change for pair, change in compare(a, b).changes("time", "warm")}
    assert changes["threads × 2"].ratio.estimate == pytest.approx(1.0)
    assert changes["threads × 2"].a.estimate == pytest.approx(2.0)
    assert changes["sequential"].ratio.high == pytest.approx(1.0)


def test_shown_differences_come_first_the_largest_first() -> None:
    times = dict(PROCESSES_WIN)
    times |= {"processes × 2": (1.71 * 1.2, 0.07), "threads × 1": (3.21 * 0.7, 0.01)}
    found = compare(A, b_run(a_run(times, seed=2, noise=0.004)))
    changes = found.changes("time", "warm")
    assert [pair.name for pair, _ in changes] == [
        "threads × 1",
        "processes × 2",
        "sequential",
        "threads × 2",
        "processes × 1",
    ]
    assert [change.verdict for _, change in changes[:3]] == [
        "faster",
        "slower",
        "no difference shown",
    ]
    assert compared_headline(found, "time", "warm").startswith(
        "B is slower in 1 and faster in 1 of 5 contenders. Threads × 1: 0."
    )


def test_a_machine_at_another_pace_changes_times_but_no_speedups() -> None:
    slow = b_run(a_run({n: (1.5 * w, s) for n, (w, s) in PROCESSES_WIN.items()}, baseline=4.755))
    found = compare(A, slow)
    assert all(change.verdict == "slower" for _, change in found.changes("time", "warm"))
    speedups = found.changes("speedup", "warm")
    assert {change.verdict for _, change in speedups} == {"no difference shown"}
    assert "sequential" not in {pair.name for pair, _ in speedups}
    assert compared_headline(found, "speedup", "warm") == (
        "No difference shown in any of 4 contenders."
    )


def test_a_lower_speedup_is_said_to_be_lower() -> None:
    found = compare(A, slower("processes × 2", 1.3))
    (pair, change), *_ = found.changes("speedup", "warm")
    assert change.verdict == "lower"
    said = compared_sentence(pair, change, "speedup")
    assert said.startswith("Processes × 2: 0.7")
    assert said.endswith("), lower.")
    assert "times A's speedup (" in said


def test_start_up_is_compared_on_its_own() -> None:
    slow_start = a_run({**PROCESSES_WIN, "processes × 2": (1.71, 0.9)}, seed=2)
    found = compare(A, b_run(slow_start))
    verdicts = {
        mode: [c.verdict for pair, c in found.changes("time", mode) if pair.name == "processes × 2"]
        for mode in ("warm", "cold")
    }
    assert verdicts == {"warm": ["no difference shown"], "cold": ["slower"]}


def test_runs_on_one_interpreter_each_are_compared_across_them() -> None:
    a = a_run({"threads × 2": (3.0, 0.0)}, interpreters=("3.11",))
    a = replace(a, plan=on(a.plan, "3.11"))
    b = replace(a, id="b", plan=on(a.plan, "3.14t"))
    assert [pair.name for pair in compare(a, b).pairs] == ["sequential", "threads × 2"]


def on(plan: Plan, host: str) -> Plan:
    contenders = tuple(replace(one, interpreter=host) for one in plan.contenders)
    return replace(plan, contenders=contenders, interpreters=(host,))


def test_of_several_interpreters_each_is_compared_with_itself() -> None:
    a = a_run(
        {f"threads × 2 on {host}": (3.0, 0.0) for host in ("3.11", "3.14t")},
        interpreters=("3.11", "3.14t"),
    )
    b = a_run(
        {f"threads × 2 on {host}": (3.0, 0.0) for host in ("3.13", "3.14t")},
        interpreters=("3.13", "3.14t"),
    )
    found = compare(a, b_run(b))
    assert [pair.name for pair in found.pairs] == ["sequential on 3.14t", "threads × 2 on 3.14t"]
    assert found.only_a == ("sequential on 3.11", "threads × 2 on 3.11")
    assert found.only_b == ("sequential on 3.13", "threads × 2 on 3.13")


def test_contenders_with_other_options_or_workers_are_told_and_not_compared() -> None:
    b = b_run(a_run({"threads × 2 (chunk 1)": (3.0, 0.0), "threads × 4": (3.0, 0.0)}))
    found = compare(A, b)
    assert [pair.name for pair in found.pairs] == ["sequential"]
    assert found.only_b == ("threads × 2 (chunk 1)", "threads × 4")


def test_each_value_of_a_sweep_is_compared_with_the_same_value() -> None:
    a, b = (
        a_sweep({"threads × 2": (1.0, 1.5)}, values=values)
        for values in ((1.0, 10.0), (10.0, 99.0))
    )
    found = compare(a, b_run(b))
    assert {pair.a.contender.at for pair in found.pairs} == {10.0}


def test_what_failed_in_either_run_has_no_ratio_and_its_reason() -> None:
    b = b_run(failures=(a_failure("threads × 2", message="It broke."),))
    (pair,) = [pair for pair in compare(A, b).pairs if pair.name == "threads × 2"]
    assert not pair.changes
    assert pair.error == "B: It broke."


def test_disturbed_rounds_are_set_aside_as_they_are_elsewhere() -> None:
    found = compare(A, b_run(disturbed(a_run(rounds=8), {7: 0.5, 8: 0.5}, slow=9.0)))
    assert {change.verdict for _, change in found.changes("time", "warm")} == {
        "no difference shown"
    }


def test_one_round_shows_nothing() -> None:
    found = compare(A, b_run(a_run(rounds=1)))
    pair, change = found.changes("time", "warm")[-1]
    assert change.ratio.low is None
    assert compared_sentence(pair, change, "time").endswith(
        "one round in a run, too few for a verdict."
    )
    assert not slower_sentences(found, "time", 0.0)


@pytest.mark.parametrize(
    ("b", "said"),
    [
        (b_run(a_run(workload="sha256")), "it must be a run of primes, like a"),
        (b_run(state="running"), "it must be a run that has ended; wait for it"),
        (b_run(samples=()), "it must be a run that has measured something"),
        (A, "it must be another run than a"),
        (
            b_run(a_sweep({"threads × 2": (1.0,)}, workload="primes", of="limit", values=(9,))),
            "in common with a",
        ),
    ],
)
def test_what_has_no_meaningful_ratio_is_refused(b: Run, said: str) -> None:
    with pytest.raises(Refused) as refused:
        compare(A, b)
    assert said in str(refused.value)


def test_other_parameters_and_other_answers_are_said_above_everything() -> None:
    other = replace(A.plan, parameters={"limit": 7})
    assert codes(A, b_run(plan=other))[0] == "other-parameters"
    (caution, *_) = cautions_of(compare(A, b_run(plan=other)))
    assert caution.message == "The runs did other work: limit 200,000 in A, 7 in B."
    wrong = tuple(replace(sample, answer="0") for sample in A.samples)
    (caution, *_) = cautions_of(compare(A, b_run(samples=wrong)))
    assert caution.message.startswith("The answers differ: sequential gave 17984 in A and 0 in B.")


def test_another_machine_is_said_to_be_one() -> None:
    b = b_run(environment=a_run(usable=8).environment)
    (caution,) = [one for one in cautions_of(compare(A, b)) if one.code == "other-machine"]
    assert caution.message == "A ran on 2 usable CPUs, B on 8 usable CPUs."


def test_runs_hours_apart_carry_the_caution_that_drift_is_in_no_interval() -> None:
    assert codes(A, b_run()) == []
    later = b_run(started=1_700_000_000.0 + 7_300)
    (caution,) = cautions_of(compare(A, later))
    assert caution.code == "apart"
    assert "measured 2 hours apart" in caution.message
    assert "the same work twice differs by ±" in caution.message


def test_a_run_that_is_not_steady_is_said_to_be() -> None:
    assert codes(A, b_run(a_run(rounds=2, noise=0.2))) == ["b-not-steady"]


def test_slower_by_more_than_a_share_is_only_what_lies_wholly_beyond_it() -> None:
    b = slower("processes × 2", 1.1)
    (sentence,) = slower_sentences(compare(A, b), "time", 0.05)
    assert sentence.startswith("Processes × 2: 1.")
    assert sentence.endswith("That is more than 5% slower.")
    assert not slower_sentences(compare(A, b), "time", 0.1)
    assert not slower_sentences(compare(b, replace(A, id="c")), "time", 0.05)
    assert slower_sentences(compare(A, b), "speedup", 0.05)


def test_more_contenders_need_a_wider_interval() -> None:
    ends = []
    for others in (0, 20):
        times = {f"threads × {count}": (3.0, 0.0) for count in range(3, 3 + others)}
        runs = (a_run({"threads × 2": (3.0, 0.0), **times}, seed=seed) for seed in (1, 2))
        a, b = runs
        (change,) = [
            change
            for pair, change in compare(a, b_run(b)).changes("time", "warm")
            if pair.name == "threads × 2"
        ]
        assert change.ends
        assert change.ratio.high
        ends.append(change.ends[1] - change.ends[0])
    assert ends[1] > 1.3 * ends[0]
