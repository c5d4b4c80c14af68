"""The ceiling: shares dealt evenly, kept from pass to pass, and workers that may fail."""

import os
import threading
from concurrent.futures import BrokenExecutor

import pytest

from bench.executors import find_executor
from tests.executors.opening import METHOD
from tests.executors.tasks import process_of

CEILING = find_executor("ceiling")


@pytest.mark.parametrize("count", [1, 3, 7, 12])
def test_worker_k_has_every_nth_item_from_the_kth(count: int) -> None:
    with CEILING.open(3, start_method=METHOD) as run:
        processes = list(run(process_of, range(count)))
    for first in range(3):
        assert len(set(processes[first::3])) == min(1, len(processes[first::3]))
    assert len(set(processes)) == min(3, count)
    assert os.getpid() not in processes


def test_workers_are_the_same_in_every_pass() -> None:
    items = range(6)
    with CEILING.open(2, start_method=METHOD) as run:
        passes = [list(run(process_of, items)) for _ in range(3)]
    assert passes[0] == passes[1] == passes[2]


class Counted:
    """An item that counts how often it is sent."""

    sent = 0

    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        Counted.sent += 1
        return int, (7,)


def test_a_second_pass_over_the_same_items_sends_none_of_them() -> None:
    Counted.sent = 0
    items = [Counted(), Counted()]
    with CEILING.open(2, start_method=METHOD) as run:
        assert list(run(abs, items)) == list(run(abs, items)) == [7, 7]
        assert Counted.sent == 2
        assert list(run(abs, list(items))) == [7, 7]
        assert Counted.sent == 4


def leaving(item: int) -> int:
    if item == 1:
        os._exit(3)
    return item


def test_a_worker_that_dies_is_an_error_not_a_wait_for_ever() -> None:
    with (
        pytest.raises(BrokenExecutor, match="ended before it had its results"),
        CEILING.open(2, start_method=METHOD) as run,
    ):
        list(run(leaving, range(4)))


def test_an_error_tells_where_in_the_worker_it_was_raised() -> None:
    with CEILING.open(2, start_method=METHOD) as run:
        with pytest.raises(ZeroDivisionError) as raised:
            list(run(divided, [1, 0]))
        assert "in divided" in str(raised.value.__cause__)


def divided(number: int) -> float:
    return 1 / number


class TwoPart(Exception):
    """One that cannot be made again from its own arguments."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


class Unsendable(Exception):
    def __reduce__(self) -> str:
        raise TypeError("not to be pickled")


def raising(item: str) -> object:
    if item == "two":
        raise TwoPart("a", "b")
    if item == "unsendable":
        raise Unsendable("why")
    return threading.Lock()


@pytest.mark.parametrize(
    ("item", "error", "told"),
    [
        ("two", TypeError, "missing 1 required positional argument"),
        ("unsendable", RuntimeError, r"A task raised Unsendable\('why'\)"),
        ("lock", TypeError, "cannot pickle"),
    ],
)
def test_what_cannot_be_sent_back_is_told_and_the_next_pass_is_whole(
    item: str, error: type[Exception], told: str
) -> None:
    with CEILING.open(2, start_method=METHOD) as run:
        with pytest.raises(error, match=told):
            list(run(raising, [item, item]))
        assert list(run(abs, [-1, -2, -3])) == [1, 2, 3]


def test_items_that_cannot_be_sent_are_told_and_the_next_pass_is_whole() -> None:
    with CEILING.open(2, start_method=METHOD) as run:
        with pytest.raises(TypeError, match="cannot pickle"):
            list(run(abs, [1, threading.Lock()]))
        assert list(run(abs, [-1, -2, -3])) == [1, 2, 3]
