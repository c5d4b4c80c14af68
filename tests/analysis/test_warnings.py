"""What a reader should know before relying on a run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.warnings import Caution, warnings
from bench.measure.host.cluster import Cluster, Versions
from bench.plan import this_interpreter
from bench.samples import Failure, State
from tests.build import a_failure, a_plan, a_run, rounds_of
from tests.clusters import OTHER_LAB, a_cluster
from tests.factory import a_run as made_up

STEADY = dict.fromkeys(["sequential", "control", "threads × 2", "processes × 2"], [1.0] * 5)


def said(
    times: Mapping[str, Sequence[float]] = STEADY,
    failures: Sequence[Failure] = (),
    *,
    state: State = "done",
    usable: int = 2,
    **plan: Any,
) -> dict[str, str]:
    """A run's warnings: messages by code."""
    made = a_plan(**plan)
    run = a_run(made, rounds_of(made, times), failures, state=state, usable=usable)
    return {warning.code: warning.message for warning in warnings(run)}


def test_a_steady_run_needs_no_warning() -> None:
    assert said() == {}


def warned(rounds: int = 6, environment: Mapping[str, Any] | None = None, **changes: Any) -> Any:
    """The warnings of a steady run, messages by code, with its second round changed so."""
    plan = a_plan()
    times = {name: [1.0] * rounds for name in STEADY}
    samples = [
        replace(sample, **changes) if sample.round == 2 else sample
        for sample in rounds_of(plan, times)
    ]
    run = a_run(plan, samples, state="done")
    run = replace(run, environment={**run.environment, **(environment or {})})
    return {warning.code: warning.message for warning in warnings(run)}


def test_a_disturbed_round_that_was_made_up_for_is_set_aside() -> None:
    assert warned(foreign_share=0.43) == {
        "set-aside": "1 of 6 rounds was disturbed (others took up to 43.0% of the usable CPUs) "
        "and set aside: the estimates rest on the others."
    }


def test_disturbed_rounds_that_are_too_many_to_leave_out_are_said_to_be() -> None:
    told = warned(rounds=3, steal_share=0.05)
    assert told == {
        "few-rounds": "Only 3 rounds were finished of at least 5.",
        "disturbed": "1 of 3 rounds was disturbed (others took up to 0% of the usable CPUs, "
        "the hypervisor up to 5.00%), too many to leave out.",
    }


def test_trials_that_were_measured_again_are_counted() -> None:
    assert warned(again=1) == {
        "measured-again": "4 trials that others disturbed were measured again at once."
    }


def test_a_system_that_cannot_tell_says_so() -> None:
    assert list(warned(foreign_share=None)) == ["cannot-tell"]


def test_a_quota_that_stopped_trials_is_said_with_for_how_long() -> None:
    said_ = warned(throttled_s=0.5)["throttled"]
    assert said_ == "The container's CPU quota stopped the trials for 2.00 s in all."


def test_pages_that_came_back_from_the_disk_are_counted() -> None:
    assert "5,000 pages" in warned(swapped_in=1_250)["swapping"]


def test_a_gil_that_came_back_is_told_with_the_contenders() -> None:
    free = {"interpreters": {this_interpreter(): {"gil": False, "label": "CPython"}}}
    assert "threads × 2" in warned(environment=free)["gil-came-back"]
    assert warned(environment=free, gil=False).keys() == {"gil-came-back"}
    assert "gil-came-back" not in warned()


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_run_that_goes_on_is_not_warned_of(state: State) -> None:
    assert said({"sequential": [1.0]}, [a_failure("threads × 2")], state=state) == {}


def test_a_control_that_differs_from_the_baseline_makes_a_run_unsteady() -> None:
    drifting = {**STEADY, "control": [1.25, 1.251, 1.249, 1.25, 1.25]}
    assert said(drifting) == {
        "unsteady": "Sequential work measured twice in each round came out 0.800 times "
        "as fast as itself: the machine was not steady."
    }


def test_a_contender_without_a_result_is_named_with_its_reason() -> None:
    without = {name: times for name, times in STEADY.items() if name != "threads × 2"}
    assert said(without, [a_failure("threads × 2")]) == {
        "contender-failed": "threads × 2 has no result. It broke."
    }


@pytest.mark.parametrize(
    ("rounds", "sentence"),
    [
        (0, "Only 0 rounds were finished of at least 5."),
        (1, "Only 1 round was finished of at least 5."),
        (4, "Only 4 rounds were finished of at least 5."),
    ],
)
def test_a_run_stopped_early_has_few_rounds(rounds: int, sentence: str) -> None:
    times = {name: seconds[:rounds] for name, seconds in STEADY.items()}
    assert said(times, state="stopped") == {"few-rounds": sentence}


def test_a_contender_that_has_fewer_rounds_than_the_others_counts() -> None:
    cut_short = {**STEADY, "processes × 2": [1.0]}
    assert said(cut_short, state="stopped") == {
        "few-rounds": "Only 1 round was finished of at least 5."
    }


def test_as_many_rounds_as_were_asked_for_are_not_few() -> None:
    two = {name: seconds[:2] for name, seconds in STEADY.items()}
    assert said(two, rounds=2) == {}


def test_a_run_that_did_not_get_narrow_says_how_wide_it_is() -> None:
    noisy = {**STEADY, "threads × 2": [1.0, 1.2, 1.0, 1.2, 1.0]}
    message = said(noisy)["wide-intervals"]
    assert message == "The widest interval is ±13.2%, more than the ±2% asked for."


def test_how_wide_is_too_wide_is_a_question_of_the_plans_precision() -> None:
    spread = {**STEADY, "threads × 2": [1.0, 1.04, 1.0, 1.04, 1.0]}
    assert "wide-intervals" not in said(spread, precision="quick")
    assert "wide-intervals" in said(spread, precision="standard")


def test_more_workers_than_usable_cpus_are_named_for_computing() -> None:
    assert said(usable=1) == {
        "beyond-cpus": "More workers than the 1 usable CPU: threads × 2, processes × 2."
    }


def test_waiting_may_have_more_workers_than_cpus() -> None:
    assert said(usable=1, workload="pages") == {}


def on_cluster(cluster: Cluster, *, python: str = "3.11.7") -> list[Caution]:
    """The warnings on a run of which one half was measured on a cluster."""
    run = made_up({"threads × 4": (1.0, 0.0), "dask × 4": (1.0, 0.0)})
    environment = {
        "interpreters": {run.plan.interpreters[0]: {"version": python}},
        "cpus": {"usable": 2},
        "packages": {"distributed": "2026.8.1"},
        "cluster": cluster.as_json(),
    }
    return list(warnings(replace(run, environment=environment)))


def message(code: str, found: Sequence[Caution]) -> str:
    """The one sentence of that code."""
    (one,) = [caution for caution in found if caution.code == code]
    return one.message


def test_a_clusters_workers_are_not_beyond_this_machines_cpus() -> None:
    said = message("beyond-cpus", on_cluster(a_cluster(["10.0.0.1"] * 4)))
    assert said == "More workers than the 2 usable CPUs: threads × 4."


def test_a_cluster_of_the_trials_versions_needs_no_warning() -> None:
    codes = {caution.code for caution in on_cluster(a_cluster(), python="3.11.9")}
    assert not [code for code in codes if code.startswith("cluster")]


def test_other_versions_on_a_cluster_are_told() -> None:
    assert message("cluster-versions", on_cluster(a_cluster(), python="3.12.1")) == (
        "The trials have Python 3.12, distributed 2026.8; "
        "the cluster has Python 3.11, distributed 2026.8."
    )
    older = a_cluster(versions=Versions("3.11.7", "2026.7.0", "2026.7.0", "same"))
    assert message("cluster-versions", on_cluster(older)).endswith(
        "the cluster has Python 3.11, distributed 2026.7, distributed 2026.8."
    )


def test_another_version_of_the_lab_on_a_cluster_is_told() -> None:
    workers = a_cluster(["10.0.0.1", "10.0.0.2", "10.0.0.1"], versions=OTHER_LAB)
    assert message("cluster-code", on_cluster(workers)) == (
        "Another version of the lab's code is on the cluster: 10.0.0.1, 10.0.0.2."
    )
    scheduler = a_cluster(scheduler=OTHER_LAB)
    assert message("cluster-code", on_cluster(scheduler)).endswith("the cluster: the scheduler.")


def test_each_warning_says_what_to_do() -> None:
    plan = a_plan()
    failures = [a_failure("threads × 2")]
    run = a_run(plan, rounds_of(plan, {"sequential": [1.0]}), failures, state="done", usable=1)
    found = warnings(run)
    assert len(found) == 3
    assert all(warning.action.endswith(".") for warning in found)
    assert found[0].as_json() == {
        "code": found[0].code,
        "message": found[0].message,
        "action": found[0].action,
    }
