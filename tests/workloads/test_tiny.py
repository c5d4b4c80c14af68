"""The shortest tasks, against sums."""

import pickle

import pytest

from bench.errors import Refused
from tests.build import a_plan
from tests.workloads.test_mixed import turned
from tests.workloads.ways import answer_of, work_of


@pytest.mark.parametrize("count", [100, 1_000, 100_000])
def test_the_answer_is_the_sum_of_the_next_numbers(count: int) -> None:
    assert answer_of("tiny", count=count) == count * (count + 1) // 2


@pytest.mark.parametrize(("length", "turns"), [(0.1, 2), (1.0, 25), (100.0, 2_500)])
def test_spinning_makes_25_turns_a_microsecond(length: float, turns: int) -> None:
    expected = sum(turned(turns, number) for number in range(5))
    assert answer_of("spin", count=5, length=length) == expected


def test_all_spins_are_equally_long() -> None:
    assert len({turns for _, turns, _ in work_of("spin", count=50).items}) == 1


def test_each_spin_is_handed_bytes_of_its_own_and_counts_them() -> None:
    turns = sum(turned(25, number) for number in range(5))
    assert answer_of("spin", count=5, length=1.0, payload=1_000) == turns + 5_000
    items = work_of("spin", count=5, payload=1_000).items
    assert len(pickle.dumps(items)) > 5_000


def test_payloads_that_would_fill_the_memory_are_refused() -> None:
    with pytest.raises(Refused, match=r"spin\.payload is 1000000: it must be at most 10,000 bytes"):
        a_plan("spin", parameters={"count": 100_000, "payload": 1_000_000})
