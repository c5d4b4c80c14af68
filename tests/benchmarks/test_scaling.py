"""The simulation of docs/scaling.md: against what is known in closed form, and what it shows."""

from pathlib import Path

import pytest

from benchmarks.scaling import A_DAY, RUN_S, least_hosts, queueing, tables, watching

SCALING = Path(__file__).parents[2] / "docs" / "scaling.md"


@pytest.mark.parametrize("busy", [0.3, 0.5, 0.7])
def test_one_host_waits_as_queueing_theory_says(busy: float) -> None:
    known = busy * RUN_S / (2 * (1 - busy))  # M/D/1
    found = queueing(busy * A_DAY / RUN_S, 1, bound=10**6)
    assert found.mean == pytest.approx(known, rel=0.1)
    assert found.refused == 0


def test_too_many_runs_are_refused_and_nobody_waits_longer_than_the_queue_is() -> None:
    found = queueing(4 * A_DAY / RUN_S, 1, bound=20)
    assert found.refused == pytest.approx(0.75, abs=0.02)
    assert found.most <= 21 * RUN_S


def test_more_runs_take_more_hosts_and_never_fewer_than_their_seconds() -> None:
    a_day = 10 * A_DAY / RUN_S
    assert least_hosts(a_day) > 10
    assert least_hosts(a_day) >= least_hosts(a_day / 2)


def test_polls_are_bounded_and_sessions_are_not() -> None:
    few, many = watching(1_000), watching(100_000)
    assert many.memory == pytest.approx(100 * few.memory)
    assert many.cpu < 100 * few.cpu


def test_the_tables_of_the_document_are_those_that_are_printed() -> None:
    text = SCALING.read_text(encoding="utf-8")
    for line in tables().splitlines():
        assert line in text
