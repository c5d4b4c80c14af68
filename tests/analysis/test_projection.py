"""Predicted speedups beyond the measured ones: what their intervals hold, and when none is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from bench.analysis import words
from bench.analysis.pool_model import Pool, seconds, speedup
from bench.analysis.projection import Projection, projected
from bench.analysis.scaling import Ladder, Withheld

# 64 tasks of two lengths, handed over one by one.
POOL = Pool((0.008, 0.012) * 32, 64, "one", dispatch_s=0.0002, at_once=64)
MEASURED = [1, 2, 3, 4, 6, 8]

Truth = Callable[[int], float]


def a_ladder(
    truth: Truth,
    workers: Sequence[int] = MEASURED,
    *,
    noise: float = 0.01,
    seed: int = 1,
    kind: str = "cpu",
    differing: tuple[int, ...] = (),
) -> Ladder:
    """Five rounds of speedups around the truth."""
    rng = np.random.default_rng(seed)
    rounds = rng.normal(0, noise, (5, len(workers)))
    speedups = {
        one: {round_: truth(one) * math.exp(row[place]) for round_, row in enumerate(rounds)}
        for place, one in enumerate(workers)
    }
    return Ladder("processes", kind, 64, speedups, differing=differing)


def simulated(pool: Pool) -> Truth:
    return lambda workers: speedup(pool, workers)


def with_serial_part(share: float) -> Truth:
    """The pool with a part of the work that its model does not know, and that runs alone."""
    return lambda workers: POOL.alone_s / (seconds(POOL, workers) + share * POOL.alone_s)


def a_projection(ladder: Ladder, pool: Pool = POOL, at: Sequence[int] = (16,)) -> Projection:
    said = projected(ladder, pool, at)
    assert isinstance(said, Projection), said.message
    return said


def refusal(said: Projection | Withheld) -> tuple[str, str]:
    assert isinstance(said, Withheld)
    return said.code, said.message


@pytest.mark.parametrize(
    "truth",
    [
        simulated(POOL),
        simulated(replace(POOL, drag=0.03)),
        simulated(replace(POOL, handling_s=0.001)),
        with_serial_part(0.05),
    ],
    ids=["as the model", "drag", "handling", "serial part"],
)
def test_the_interval_holds_the_speedup_that_would_be_measured(truth: Truth) -> None:
    held = []
    for seed in range(40):
        at = a_projection(a_ladder(truth, noise=0.02, seed=seed)).points[0].speedup
        held.append((at.low or 0) <= truth(16) <= (at.high or 0))
    assert np.mean(held) >= 0.93


def test_a_pool_that_is_as_its_model_is_predicted_without_an_error() -> None:
    found = a_projection(a_ladder(simulated(POOL), noise=0), at=(12, 16))
    assert found.error < 1e-6
    assert found.drag == pytest.approx(0, abs=1e-4)
    expected = [speedup(POOL, 12), speedup(POOL, 16)]
    assert [at.speedup.estimate for at in found.points] == pytest.approx(expected, rel=1e-4)


def test_what_workers_cost_each_other_is_found() -> None:
    dragging = replace(POOL, drag=0.04)
    found = a_projection(a_ladder(simulated(dragging), noise=0))
    assert found.drag == pytest.approx(0.04, rel=1e-3)
    assert found.points[0].speedup.estimate == pytest.approx(speedup(dragging, 16), rel=1e-3)


def test_the_error_is_that_of_predicting_each_from_the_others() -> None:
    ladder = a_ladder(simulated(POOL), noise=0.02)
    logs = {workers: np.log(list(by.values())).mean() for workers, by in ladder.speedups.items()}
    misses = []
    for left_out in MEASURED:
        rest = {workers: by for workers, by in ladder.speedups.items() if workers != left_out}
        at = a_projection(replace(ladder, speedups=rest), at=(left_out,)).points[0]
        misses.append(logs[left_out] - math.log(at.speedup.estimate))
    assert a_projection(ladder).error == pytest.approx(np.sqrt(np.mean(np.square(misses))), rel=0.1)


def test_under_a_gil_more_workers_are_predicted_to_gain_nothing() -> None:
    pool = replace(POOL, at_once=1)
    found = a_projection(a_ladder(simulated(pool)), pool)
    assert found.points[0].speedup.estimate == pytest.approx(1, rel=0.05)
    assert found.drag == 0


def test_beyond_the_cpus_they_are_too() -> None:
    pool = replace(POOL, at_once=4)
    found = a_projection(a_ladder(simulated(pool)), pool, at=(12, 16))
    assert [at.speedup.estimate for at in found.points] == pytest.approx([4, 4], rel=0.1)


def test_it_is_said_in_a_sentence_with_interval_and_error() -> None:
    found = a_projection(a_ladder(simulated(POOL)), at=(12, 16))
    at, missed = words.span(found.points[-1].speedup), words.digits(100 * found.error, 2)
    assert found.sentence.startswith("Simulated from what was measured, 16 workers would be 1")
    assert found.sentence.endswith(
        f" times as fast ({at}); measured speedups that the simulation was not told are "
        f"missed by {missed}%."
    )


def test_nothing_is_said_beyond_twice_the_workers_measured() -> None:
    ladder = a_ladder(simulated(POOL))
    assert [at.workers for at in a_projection(ladder, at=(17, 10, 16)).points] == [10, 16]
    assert refusal(projected(ladder, POOL, (17, 32))) == (
        "too-far",
        "No speedup is predicted: nothing is said beyond twice the 8 workers that were measured.",
    )


@pytest.mark.parametrize(
    ("workers", "there"),
    [([], "none were measured."), ([2], "1 was measured."), ([1, 2, 4], "3 were measured.")],
)
def test_three_numbers_of_workers_are_too_few(workers: list[int], there: str) -> None:
    code, message = refusal(projected(a_ladder(simulated(POOL), workers), POOL, (8,)))
    assert code == "few-counts"
    assert message.startswith("No speedup is predicted: it takes 4 numbers of workers ")
    assert message.endswith(there)


def test_a_pool_that_is_not_at_all_as_its_model_is_not_predicted() -> None:
    code, message = refusal(projected(a_ladder(lambda n: min(3, n), [1, 2, 4, 8]), POOL, (16,)))
    assert code == "misses"
    assert message.startswith("No speedup is predicted: measured speedups that the simulation ")


def test_nothing_is_predicted_without_task_lengths() -> None:
    for tasks in ((), (0.0, 0.0)):
        pool = replace(POOL, tasks=tasks)
        assert refusal(projected(a_ladder(simulated(POOL)), pool, (16,)))[0] == "no-tasks"


def test_nor_for_tasks_that_wait_as_well_as_compute_or_answers_that_differ() -> None:
    mixed = a_ladder(simulated(POOL), kind="mixed")
    wrong = a_ladder(simulated(POOL), differing=(2,))
    assert refusal(projected(mixed, POOL, (16,)))[0] == "kind"
    assert refusal(projected(wrong, POOL, (16,)))[0] == "answers-differ"
