"""Fibonacci numbers, against doubling, Binet's formula and str."""

import math
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.workloads.fibonacci import count_digits, digits, number
from tests.workloads.ways import answer_of, work_of


def doubled(n: int) -> int:
    """The n-th Fibonacci number in steps that double n."""
    one, following = 0, 1
    for bit in bin(n)[2:]:
        one, following = one * (2 * following - one), one * one + following * following
        if bit == "1":
            one, following = following, one + following
    return one


def digits_by_formula(n: int) -> int:
    """The digits of the n-th number from its logarithm: it is φ**n / √5, rounded."""
    with localcontext() as context:
        context.prec = 50
        root = Decimal(5).sqrt()
        return math.floor(n * ((1 + root) / 2).log10() - root.log10()) + 1


def test_the_first_numbers_are_the_known_ones() -> None:
    assert [number(n) for n in range(13)] == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]


@given(st.integers(0, 5_000))
def test_additions_give_the_same_as_doubling(n: int) -> None:
    assert number(n) == doubled(n)


def test_the_number_500_000_has_104_494_digits() -> None:
    assert digits(doubled(500_000)) == digits_by_formula(500_000) == 104_494


def test_the_articles_preset_goes_from_500_000_to_1_000_000() -> None:
    items = work_of("fibonacci", first=500_000, step=100_000, count=6).items
    assert list(items) == [500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000]
    assert [digits(doubled(n)) for n in items] == [digits_by_formula(n) for n in items]


def test_the_small_presets_answer_is_that_of_the_formula() -> None:
    expected = [digits_by_formula(n) for n in range(50_000, 100_001, 10_000)]
    assert answer_of("fibonacci", first=50_000, step=10_000, count=6) == expected


@given(st.integers(0, 20_000))
def test_digits_are_those_that_str_writes(n: int) -> None:
    assert count_digits(n) == len(str(doubled(n)))


@given(st.integers(1, 10**300))
def test_digits_of_any_number_are_those_that_str_writes(value: int) -> None:
    assert digits(value) == len(str(value))


@pytest.mark.parametrize("power", [1, 2, 14, 15, 16, 17, 22, 23, 100, 308, 309, 4_300, 50_000])
def test_a_power_of_ten_has_a_digit_more_than_the_number_below_it(power: int) -> None:
    assert digits(10**power - 1) == power
    assert digits(10**power) == digits(10**power + 1) == power + 1
