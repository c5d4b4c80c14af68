"""What the one-minute check shows, from made-up runs of known noise and ceiling."""

from typing import Any

import pytest

from bench.analysis.minute import judged
from bench.guides.minute import minute_plan
from tests.build import a_failure, a_run
from tests.checked import a_check


def sentence(part: str, **made: Any) -> str:
    """The one sentence on a made-up check that has this in it."""
    (found,) = [one for one in judged(a_check(**made)).sentences if part in one]
    return found


def test_a_steady_machine_of_its_own_cpus_is_said_to_be() -> None:
    found = judged(a_check(1.97))
    assert found.steadiness.steady
    assert found.noise is not None
    assert found.noise < 0.01
    assert found.same == "no difference shown"
    assert (found.rounds, found.disturbed) == (6, 0)
    assert [ceiling.workers for ceiling in found.ceilings] == [1, 2]
    assert found.headline.startswith("Steady: noise ±0.")
    assert found.headline.endswith("and 2 workers reach 1.97 of 2")
    assert "Nobody disturbed its 6 rounds." in found.sentences
    assert sentence("2 workers reach", reached=1.97).endswith("each has a CPU to itself.")
    assert sentence("1 worker reaches").endswith("a process costs next to nothing.")


def test_the_noise_floor_is_the_half_width_of_the_controls_interval() -> None:
    quiet, noisy = (judged(a_check(noise=noise)).noise for noise in (0.001, 0.01))
    assert quiet
    assert noisy
    assert 5 < noisy / quiet < 20
    assert sentence("noise floor", noise=0.01).startswith(f"The noise floor is ±{100 * noisy:.2g}%")


def test_the_same_work_twice_that_differs_makes_the_machine_unsteady() -> None:
    found = judged(a_check(control=0.8))
    assert found.same == "slower"
    assert found.headline.startswith("Not steady: ")
    assert "unsteady" in [reason.code for reason in found.steadiness.reasons]
    assert "came out 0.8" in sentence("as fast as itself", control=0.8)


def test_disturbed_rounds_are_counted_with_their_share() -> None:
    assert "2 of 6 rounds (33%) were disturbed by others." in judged(a_check(disturbed=2)).sentences


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"cpus": {"cores": 1}}, "they share 1 core."),
        ({"cpus": {"cores": 2}, "system": {"virtualisation": "KVM"}}, "it may be that the host"),
        ({"cpus": {"cores": 2, "turbo": True}}, "it may be that one busy core clocks higher"),
        ({}, "it may be that the CPUs share a core or caches, or the machine is shared."),
    ],
)
def test_a_low_ceiling_comes_with_what_the_machine_tells_of_why(
    environment: dict[str, Any], reason: str
) -> None:
    said = sentence("2 workers reach", reached=1.31, environment=environment)
    assert said.startswith("2 workers reach 1.3")
    assert reason in said


def test_a_low_ceiling_while_others_were_busy_is_laid_at_their_door() -> None:
    said = sentence("2 workers reach", reached=1.31, disturbed=6)
    assert said.endswith("others took part of the CPUs meanwhile.")


def test_a_ceiling_that_cannot_be_told_is_not_explained() -> None:
    said = sentence("2 workers reach", reached=1.8, noise=0.1)
    assert said.endswith("too wide an interval to say whether any of it is lost.")


def test_what_a_process_costs_is_said_of_one_worker() -> None:
    assert sentence("1 worker reaches", alone=0.8).endswith("a process of its own costs here.")


def test_with_one_usable_cpu_one_worker_is_all_there_is() -> None:
    assert judged(a_check(1.0, workers=1)).headline.endswith("and 1 worker reaches 0.999 of 1")


def test_a_check_without_a_result_says_so() -> None:
    plan = minute_plan(2)
    for run in (
        a_run(plan, state="done"),
        a_run(plan, failures=[a_failure("sequential")], state="failed"),
        a_check(rounds=1),
    ):
        found = judged(run)
        assert found.headline == "The check has no result"
        assert found.noise is None
        assert not found.steadiness.steady


def test_as_plain_data_it_has_figures_and_sentences() -> None:
    plain = judged(a_check()).as_json()
    assert plain["steady"] is True
    assert plain["ceilings"][1]["workers"] == 2
    assert plain["ceilings"][1]["reached"].keys() == {"estimate", "low", "high"}
    assert plain["sentences"]
