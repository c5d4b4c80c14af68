"""Sub-interpreters: run for real on every Python from 3.14 on that is found on this machine."""

import sys
from dataclasses import replace
from typing import Any

import pytest

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.workloads import find_workload
from tests.executors.programs import newer_interpreters, run_every_variant

INTERPRETERS = find_executor("interpreters")

FOUND: list[Any] = newer_interpreters() or [
    pytest.param("", marks=pytest.mark.skip(reason="No Python from 3.14 on is found here."))
]

too_new = pytest.mark.skipif(sys.version_info >= (3, 14), reason="This Python has them.")


@pytest.mark.parametrize("python", FOUND)
@pytest.mark.parametrize(
    "name", ["interpreters", "threads", "bare-threads", "processes", "pool", "hybrid", "ceiling"]
)
def test_newer_interpreters_give_the_right_answer(name: str, python: str) -> None:
    assert run_every_variant(name, python) >= 2


@too_new
def test_an_older_python_says_what_it_needs() -> None:
    assert INTERPRETERS.missing() == "It needs Python 3.14 or later."
    with pytest.raises(Unavailable, match=r"^It needs Python 3\.14"), INTERPRETERS.open(1):
        pass


def test_work_whose_packages_do_not_load_there_does_not_fit() -> None:
    work = find_workload("primes")
    assert INTERPRETERS.unfit(work) is None
    assert INTERPRETERS.unfit(replace(work, packages=("requests", "aiohttp"))) is None
    told = INTERPRETERS.unfit(replace(work, packages=("pandas", "numpy", "requests")))
    assert told == "Sub-interpreters cannot load numpy or pandas."
