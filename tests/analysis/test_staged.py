"""Who is ahead in a pipeline, and what the explanation makes of facts."""

from typing import Any

import pytest

from bench.experiments import find_experiment
from tests.experiments.performing import verdict_of

PIPELINE = find_experiment("pipeline")

# What rounds differ by: enough for an interval, too little to hide a difference.
NOISE = (1.0, 1.02, 0.98, 1.01, 0.99)


def facts(*speedups: tuple[float, float], gil: bool = True, noise: float = 1.0) -> dict[str, Any]:
    """Of barrier and streamed over threads alone, at 1 kB, 10 kB and so on."""
    seconds = [noise * (one - 1) + 1 for one in NOISE]

    def way(speedup: float, others: list[float]) -> dict[str, Any]:
        return {"seconds": [one / speedup for one in others], "waited_s": 0.02}

    sizes = [
        {
            "size": 1_000 * 10**place,
            "ways": {
                "barrier": way(barrier, seconds),
                "streamed": way(streamed, seconds[::-1]),
                "threads only": way(1.0, seconds[2:] + seconds[:2]),
            },
            "sending_s": 0.001,
            "hashing_s": 0.001,
            "counting_s": 0.009,
        }
        for place, (barrier, streamed) in enumerate(speedups)
    ]
    return {"processes": 2, "start_up_s": 0.012, "sizes": sizes, "gil": gil}


@pytest.mark.parametrize(
    ("speedups", "verdict"),
    [
        ([(0.5, 0.6), (1.4, 1.5)], "does not hold here"),
        ([(0.5, 0.6), (0.5, 0.6)], "does not hold here"),
        ([(1.4, 1.5), (1.4, 1.5)], "holds here"),
        ([(1.0, 1.5), (0.5, 1.5)], "holds here"),
        ([(1.0, 1.0), (1.4, 1.5)], "not resolved here"),
        ([(0.5, 1.0), (1.4, 1.5)], "not resolved here"),
    ],
)
def test_the_verdict_follows_the_intervals(
    speedups: list[tuple[float, float]], verdict: str
) -> None:
    assert verdict_of(PIPELINE, facts(*speedups)) == verdict


def test_differences_that_rounds_hide_are_not_resolved() -> None:
    assert verdict_of(PIPELINE, facts((0.8, 0.8), (0.8, 0.8), noise=20)) == "not resolved here"


@pytest.mark.parametrize(
    ("speedups", "said"),
    [
        ([(0.5, 0.5), (2.0, 2.0)], "get ahead at about 3.16 kB a page"),
        ([(1.0, 1.0), (1.4, 1.5)], "With pages of 10.0 kB processes are ahead."),
        ([(0.5, 0.5), (0.6, 0.6)], "not shown to get ahead with pages of up to 10.0 kB"),
    ],
)
def test_it_is_said_from_where_on_processes_are_ahead(
    speedups: list[tuple[float, float]], said: str
) -> None:
    assert said in PIPELINE.judge(facts(*speedups)).explanation


def test_streaming_is_held_against_the_barrier_by_paired_rounds() -> None:
    assert "streaming is 2.0 times" in PIPELINE.judge(facts((0.5, 1.0))).explanation
    assert "no difference in all is shown" in PIPELINE.judge(facts((0.5, 0.5))).explanation


def test_the_reason_follows_the_gil() -> None:
    with_it, without = (
        PIPELINE.judge(facts((0.5, 0.5), gil=gil)).explanation for gil in (True, False)
    )
    assert "one at a time" in with_it
    assert "one at a time" not in without
