from itertools import pairwise

import pytest

from bench.charts.stops import Stops, stops_of
from tests.factory import a_sweep

LENGTHS = Stops("length", " µs", (1.0, 10.0, 100.0), "log")
SHARES = Stops("share", "%", (0.0, 50.0, 100.0), "linear")
METHODS = Stops("start method", "", ("fork", "spawn"), "names")
NAMED = {"processes × 2": (1.0, 1.0)}


@pytest.mark.parametrize(
    ("values", "kind"),
    [((1.0, 8.0), "log"), ((1.0, 7.9), "linear"), ((0.0, 100.0), "linear")],
)
def test_numbers_go_by_factors_where_they_span_eight_and_are_positive(
    values: tuple[float, ...], kind: str
) -> None:
    work = "blend" if values[0] == 0 else "spin"
    of = "share" if work == "blend" else "length"

    assert stops_of(a_sweep(NAMED, values=values, of=of, workload=work).plan).kind == kind


def test_numbers_are_put_in_order_and_names_stay_as_they_were_given() -> None:
    assert stops_of(a_sweep(NAMED, values=(10.0, 1.0)).plan).values == (1.0, 10.0)
    names = a_sweep(NAMED, of="start_method", values=("spawn", "fork"), workload="primes").plan
    assert stops_of(names).values == ("spawn", "fork")


def test_numbers_among_names_are_names() -> None:
    mixed = a_sweep(NAMED, of="chunk", values=("many", 100), workload="primes").plan

    assert stops_of(mixed).xs == [0, 1]


@pytest.mark.parametrize(
    ("stops", "title"),
    [(LENGTHS, "length (µs), log scale"), (SHARES, "share (%)"), (METHODS, "start method")],
)
def test_the_title_has_the_unit_and_says_a_log_scale(stops: Stops, title: str) -> None:
    assert stops.title == title


@pytest.mark.parametrize("stops", [LENGTHS, SHARES, METHODS])
def test_the_axis_goes_on_beyond_its_values_which_share_it(stops: Stops) -> None:
    low, high = stops.ends
    parts = [stops.around(value) for value in stops.values]

    assert low < stops.xs[0] < stops.xs[-1] < high
    assert (parts[0][0], parts[-1][1]) == (low, high)
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert [stops.share(low), stops.share(high)] == pytest.approx([0, 1])


def test_halfway_between_is_halfway_on_the_axis() -> None:
    assert LENGTHS.around(10.0) == pytest.approx((10**0.5, 10**1.5))
    assert SHARES.around(50.0) == pytest.approx((25, 75))
    assert LENGTHS.share(10) == pytest.approx(0.5)
