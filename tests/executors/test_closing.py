"""What is left of an executor when it is closed: nothing."""

import pytest

from bench.executors.seam import Executor
from tests.executors.leftovers import nothing_left
from tests.executors.opening import opened
from tests.executors.tasks import fitted, plus_one, reciprocal


def test_after_a_pass_nothing_is_left(executor: Executor) -> None:
    with nothing_left(), opened(executor, 2) as run:
        list(run(fitted(executor, plus_one), range(50)))


def test_after_an_error_nothing_is_left(executor: Executor) -> None:
    with (
        nothing_left(),
        pytest.raises(ZeroDivisionError),
        opened(executor, 2) as run,
    ):
        list(run(fitted(executor, reciprocal), [0] * 50))


def test_without_a_pass_nothing_is_left(executor: Executor) -> None:
    with nothing_left(), opened(executor, 2):
        pass
