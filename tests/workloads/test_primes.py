"""Counting primes, against a sieve and published counts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.workloads import find_workload
from bench.workloads.primes import count_primes, is_prime, ranges


def sieve(limit: int) -> list[int]:
    """The primes below a limit."""
    maybe = bytearray([1]) * limit
    maybe[:2] = b"\0\0"
    for number in range(2, int(limit**0.5) + 1):
        if maybe[number]:
            maybe[number * number :: number] = bytes(len(maybe[number * number :: number]))
    return [number for number in range(limit) if maybe[number]]


def answer(limit: int) -> object:
    work = find_workload("primes").build(limit=limit)
    return work.reduce(map(work.task, work.items))


def test_the_primes_are_those_of_a_sieve() -> None:
    assert [number for number in range(20_000) if is_prime(number)] == sieve(20_000)


# The number of primes below powers of ten: sequence A006880 of the On-Line Encyclopedia of
# Integer Sequences.
@pytest.mark.parametrize(("limit", "count"), [(1_000, 168), (10_000, 1_229), (100_000, 9_592)])
def test_their_number_below_powers_of_ten_is_the_published_one(limit: int, count: int) -> None:
    assert answer(limit) == count


@pytest.mark.parametrize(("preset", "count"), [("small", 17_984), ("article", 148_933)])
def test_the_presets_give_what_they_must(preset: str, count: int) -> None:
    assert answer(int(find_workload("primes").parameters({}, preset)["limit"])) == count


@given(st.integers(0, 10_000_000), st.integers(1, 1_000))
def test_ranges_leave_no_number_out_and_hold_none_twice(limit: int, parts: int) -> None:
    cut = ranges(limit, parts)
    assert len(cut) == parts
    assert (cut[0][0], cut[-1][1]) == (0, limit)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(cut))


@given(st.integers(0, 3_000), st.integers(0, 200))
def test_a_range_counts_its_own_primes(low: int, width: int) -> None:
    primes = [number for number in sieve(3_300) if low <= number < low + width]
    assert count_primes((low, low + width)) == len(primes)
