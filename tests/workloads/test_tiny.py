"""The shortest tasks, against sums."""

import pytest

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
    assert len({turns for _, turns in work_of("spin", count=50).items}) == 1
