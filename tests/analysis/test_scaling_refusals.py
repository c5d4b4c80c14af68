"""When Amdahl's law and the Universal Scalability Law are not fitted, and what is said instead."""

from typing import Any

import numpy as np
import pytest

from bench.analysis.amdahl import Amdahl, amdahl
from bench.analysis.scaling import Ladder, Withheld
from bench.analysis.usl import Usl
from bench.analysis.usl import usl as universal
from tests.analysis.simulated import made_up, usl

SIX = [1, 2, 3, 4, 6, 8]


def refusal(said: Amdahl | Usl | Withheld) -> tuple[str, str]:
    assert isinstance(said, Withheld)
    return said.code, said.message


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("io", "this work waits"),
        ("mixed", "this work waits as well as computes"),
        ("tiny", "this work hardly does anything"),
        (None, "this work is of a kind that is not known"),
    ],
)
def test_amdahls_law_is_for_work_that_computes(kind: str | None, why: str) -> None:
    said = amdahl(made_up(SIX, usl(SIX, 0.1), kind=kind))
    assert refusal(said) == (
        "kind",
        f"Amdahl's law is not fitted: it is about work that computes, and {why}.",
    )


@pytest.mark.parametrize("kind", ["io", "mixed", None])
def test_the_universal_law_is_too(kind: str | None) -> None:
    said = universal(made_up(SIX, usl(SIX, 0.1, 0.05), kind=kind))
    assert refusal(said)[0] == "kind"


@pytest.mark.parametrize("kind", ["cpu", "native", "tiny"])
def test_but_tiny_work_has_the_costs_that_the_universal_law_is_about(kind: str) -> None:
    assert isinstance(universal(made_up(SIX, usl(SIX, 0.1, 0.05), kind=kind)), Usl)


@pytest.mark.parametrize("law", [amdahl, universal])
def test_nothing_is_fitted_over_answers_that_differ(law: Any) -> None:
    said = law(made_up(SIX, usl(SIX, 0.1, 0.05), differing=(2, 4)))
    code, message = refusal(said)
    assert code == "answers-differ"
    assert message.endswith("processes × 2 and 4 gave another answer than sequential work.")


@pytest.mark.parametrize("law", [amdahl, universal])
def test_nothing_is_fitted_where_the_usable_cpus_are_not_known(law: Any) -> None:
    code, message = refusal(law(made_up(SIX, usl(SIX, 0.1), usable=None)))
    assert code == "cpus-unknown"
    assert message.endswith("how many CPUs could be used is not known.")


@pytest.mark.parametrize(
    ("workers", "usable", "code", "there"),
    [
        ([1, 2], 8, "few-counts", "that reach 4 or more, and there are only 1 and 2."),
        ([1, 2, 3], 8, "few-counts", "that reach 4 or more, and there are only 1, 2 and 3."),
        ([4], 8, "few-counts", "that reach 4 or more, and there is only 4."),
        (
            [1, 2, 4, 8],
            2,
            "beyond-cpus",
            "that reach 4 or more within the 2 usable CPUs, and there are only 1 and 2.",
        ),
        ([4, 8, 16], 2, "beyond-cpus", "within the 2 usable CPUs, and there is none."),
    ],
)
def test_amdahls_law_takes_three_numbers_of_workers_that_reach_four(
    workers: list[int], usable: int, code: str, there: str
) -> None:
    found, message = refusal(amdahl(made_up(workers, usl(workers, 0.1), usable=usable)))
    assert found == code
    assert message.startswith("Amdahl's law is not fitted: it takes 3 numbers of workers ")
    assert message.endswith(there)


def test_the_universal_law_takes_six() -> None:
    said = universal(made_up(SIX[:5], usl(SIX[:5], 0.1, 0.05)))
    assert refusal(said) == (
        "few-counts",
        "The Universal Scalability Law is not fitted: it takes 6 numbers of workers, "
        "and there are only 1, 2, 3, 4 and 6.",
    )


def test_it_is_not_fitted_where_neither_a_fall_nor_a_growing_cost_is_shown() -> None:
    assert refusal(universal(made_up(SIX, usl(SIX, 0.1)))) == (
        "cannot-tell",
        "The Universal Scalability Law is not fitted: these runs cannot tell what workers cost "
        "each other from noise, and up to 8 workers the speedup was not seen to fall.",
    )


@pytest.mark.parametrize("law", [amdahl, universal])
def test_two_rounds_are_too_few(law: Any) -> None:
    code, message = refusal(law(made_up(SIX, usl(SIX, 0.1, 0.05), rounds=2)))
    assert code == "few-rounds"
    assert message.endswith("it takes 3 rounds with every number of workers, and this run has 2.")


def test_only_rounds_with_every_number_of_workers_count() -> None:
    speedups = {1: dict.fromkeys((1, 2, 3), 1.0), 2: {4: 1.9, 5: 1.9}, 4: {1: 3.5, 6: 3.5}}
    said = amdahl(Ladder("threads", "cpu", 4, speedups))
    assert refusal(said)[1].endswith("and this run has none.")


def test_speedups_that_fall_or_outgrow_the_workers_are_none_of_amdahls() -> None:
    fallen = amdahl(made_up(SIX, usl(SIX, 0.1, 0.05)))
    outgrown = amdahl(made_up([1, 2, 4], 1.3 * np.log([1, 2, 4])))
    assert refusal(fallen)[0] == "falls"
    assert refusal(outgrown)[0] == "super-linear"


def test_noise_that_leaves_everything_possible_is_said_to() -> None:
    code, message = refusal(amdahl(made_up([2, 3, 4], usl([2, 3, 4], 0.5), rounds=3, size=0.5)))
    assert code == "cannot-tell"
    assert message.endswith("with 2, 3 and 4 workers the noise leaves any serial share possible.")
