"""Figures and sentences as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analysis.intervals import Interval
from bench.analysis.results import Reading, Result, results
from bench.analysis.verdicts import Verdict
from bench.analysis.words import (
    counted,
    digits,
    headline,
    joined,
    lasted,
    percent,
    room,
    seconds,
    sentence,
    size,
    span,
    work_in_words,
)
from tests.build import a_failure, a_plan, a_run, rounds_of
from tests.clusters import a_cluster

PLAN = a_plan()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1.00"),
        (1.8649, "1.86"),
        (15.25, "15.2"),
        (999.4, "999"),
        (999.6, "1,000"),
        (1_240.0, "1,240"),
        (1_234_567.0, "1,230,000"),
        (0.01234, "0.0123"),
        (0.09999, "0.100"),
        (0.000001234, "0.00000123"),
        (-1.8649, "-1.86"),
    ],
)
def test_numbers_have_three_significant_digits_and_no_exponent(value: float, text: str) -> None:
    assert digits(value) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (412, "412 B"),
        (999.6, "1.00 kB"),
        (1_234, "1.23 kB"),
        (45_600_000, "45.6 MB"),
        (7_890_000_000, "7.89 GB"),
    ],
)
def test_bytes_have_a_unit_that_suits(count: float, text: str) -> None:
    assert size(count) == text


def test_shares_are_told_in_percent() -> None:
    assert percent(0.9314) == "93.1%"
    assert percent(0.1, 2) == "10%"


def test_numbers_may_have_fewer_digits() -> None:
    assert digits(12.345, 2) == "12"
    assert digits(1.2345, 2) == "1.2"


@given(st.floats(1e-9, 1e9))
def test_what_is_said_is_within_half_a_digit_of_the_number(value: float) -> None:
    said = float(digits(value).replace(",", ""))
    assert said == pytest.approx(value, rel=0.0051)
    assert "e" not in digits(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.234, "1.23 s"),
        (61.0, "61.0 s"),
        (3_600.0, "3,600 s"),
        (0.0456, "45.6 ms"),
        (0.000789, "789 µs"),
        (0.0000000123, "12.3 ns"),
        (0.99949, "999 ms"),
        (0.99951, "1.00 s"),
        (0.00099951, "1.00 ms"),
        (0.0, "0 ns"),
    ],
)
def test_times_have_the_unit_that_suits_them(value: float, text: str) -> None:
    assert seconds(value) == text


def test_numbers_of_things_and_lists_of_names_read_as_english() -> None:
    assert (counted(1, "round"), counted(2_500, "round")) == ("1 round", "2,500 rounds")
    assert [joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "less than a minute"),
        (59.9, "less than a minute"),
        (60.0, "1 minute"),
        (3_599.0, "59 minutes"),
        (7_200.0, "2 hours"),
        (3 * 86_400.0, "3 days"),
    ],
)
def test_long_times_are_told_roughly(value: float, text: str) -> None:
    assert lasted(value) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (412, "412 B"), (64e6, "64.0 MB"), (25_276_510_208, "25.3 GB")]
)
def test_sizes_have_the_unit_that_suits_them(count: float, text: str) -> None:
    assert size(count) == text


def test_a_span_is_both_ends_of_an_interval() -> None:
    assert span(Interval(1.86, 1.8, 1.92)) == "1.80–1.92"
    assert span(Interval(1.86)) == ""


def a_result(place: int, speedup: Interval | None, verdict: Verdict) -> Result:
    """The result of one of the plan's line-up."""
    reading = Reading(Interval(1.0), speedup, verdict)
    return Result(PLAN.line_up[place], n=5, warm=reading, cold=reading)


def test_work_is_told_with_its_parameters_and_their_units() -> None:
    pages = a_plan("pages", parameters={"count": 8, "delay": 0.05, "size": 20_000})
    assert work_in_words(pages) == "pages (count 8, delay 0.05 s, size 20,000 bytes)"


FASTER = a_result(3, Interval(1.86, 1.80, 1.92), "faster")
SLOWER = a_result(2, Interval(0.90, 0.88, 0.92), "slower")
UNCLEAR = a_result(2, Interval(1.01, 0.98, 1.04), "no difference shown")
UNMEASURED = Result(PLAN.line_up[2], n=0)


def test_each_verdict_has_its_sentence() -> None:
    assert (
        sentence(FASTER, "warm") == "Processes × 2: 1.86 times as fast as sequential (1.80–1.92)."
    )
    assert sentence(SLOWER, "warm") == (
        "Threads × 2: 0.900 times as fast as sequential (0.880–0.920), slower."
    )
    assert sentence(UNCLEAR, "warm") == "Threads × 2: no difference shown (0.980–1.04)."


@pytest.mark.parametrize(
    ("low", "high", "although"),
    [
        (0.971, 0.991, "; it may be less than 2%"),
        (1.001, 1.4, "; it may be less than 2%"),
        (1.34, 2.39, "; too few rounds for so many comparisons"),
        (0.5, 0.9, "; too few rounds for so many comparisons"),
    ],
)
def test_no_difference_from_an_interval_that_leaves_out_1_is_explained(
    low: float, high: float, although: str
) -> None:
    interval = Interval(math.sqrt(low * high), low, high)
    told = sentence(a_result(2, interval, "no difference shown"), "warm")
    assert told == f"Threads × 2: no difference shown ({span(interval)}{although})."


def test_what_was_not_measured_and_what_failed_have_their_sentences() -> None:
    assert sentence(UNMEASURED, "warm") == "Threads × 2: nothing measured yet."
    failed = Result(PLAN.line_up[2], n=0, error="It broke.")
    assert sentence(failed, "cold") == "Threads × 2: no result. It broke."


def test_one_round_gives_no_interval_and_so_no_verdict() -> None:
    first = a_result(2, Interval(1.5), "no difference shown")
    assert sentence(first, "warm") == "Threads × 2: one round measured, too few for a verdict."
    assert headline([first, first], "warm") == "One round measured, too few for a verdict."


def test_the_headline_is_on_the_fastest() -> None:
    other = a_result(2, Interval(1.2, 1.1, 1.3), "faster")
    assert headline([other, FASTER], "warm") == sentence(FASTER, "warm")
    assert headline([FASTER, other], "warm") == sentence(FASTER, "warm")


def test_the_headline_is_never_on_one_that_is_only_estimated_to_be_faster() -> None:
    lucky = a_result(2, Interval(9.0, 0.5, 99.0), "no difference shown")
    assert headline([lucky, FASTER], "warm") == sentence(FASTER, "warm")
    assert headline([lucky, SLOWER], "warm") == (
        "No contender is shown to be faster than sequential."
    )


def test_the_headline_of_one_contender_is_its_sentence() -> None:
    assert headline([SLOWER], "warm") == sentence(SLOWER, "warm")


def test_the_headline_is_never_on_baseline_or_control() -> None:
    control = a_result(1, Interval(1.5, 1.4, 1.6), "faster")
    assert headline([control, SLOWER, UNCLEAR], "warm") == (
        "No contender is shown to be faster than sequential."
    )


def test_the_headline_before_anything_was_measured_says_so() -> None:
    assert headline(results(a_run(PLAN)), "warm") == "Nothing measured yet."


def test_a_headline_says_when_all_have_failed() -> None:
    steady = {"sequential": [1.0] * 3, "control": [1.0] * 3}
    failures = [a_failure(contender.name) for contender in PLAN.contenders]
    run = a_run(PLAN, rounds_of(PLAN, steady), failures, state="done")
    assert headline(results(run), "warm") == "No contender has a result."


def test_a_headline_says_when_there_are_no_contenders() -> None:
    plan = a_plan(executors=["sequential"])
    run = a_run(plan, rounds_of(plan, {"sequential": [1.0] * 3, "control": [1.0] * 3}))
    assert headline(results(run), "warm") == "Only sequential work was measured."


def test_what_a_run_had_to_run_on_is_told_with_its_cluster() -> None:
    cpus = {"cpus": {"usable": 2}}
    assert room(cpus) == room(cpus | {"cluster": None}) == "2 usable CPUs"
    cluster = a_cluster(["10.0.0.1", "10.0.0.2", "10.0.0.1"]).as_json()
    assert room(cpus | {"cluster": cluster}) == "2 usable CPUs and 3 Dask workers on 2 nodes"
    alone = a_cluster(["10.0.0.1"]).as_json()
    assert room(cpus | {"cluster": alone}) == "2 usable CPUs and 1 Dask worker on 1 node"
