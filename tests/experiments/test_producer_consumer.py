"""Producer and consumer: the bound holds, who waits is told, and how each end ends."""

from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.producer_consumer import Watched, clean, lost_by_chance, paced
from bench.experiments.queue_ends import CAN_SHUT_DOWN, blocked_at
from tests.experiments.elsewhere import a_python, performed_on
from tests.experiments.performing import performed, verdict_of

QUEUE = find_experiment("producer-consumer")

PRINTED = """Timeout (0:00:01)!
Thread 0x00007f (most recent call first):
  File "/usr/lib/threading.py", line 327 in wait
  File "/usr/lib/queue.py", line 90 in join
  File "/home/ada/ends.py", line 142 in end
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return performed("producer-consumer", items=20, bound=3, consumers=2)[1]


def an_end(*, fine: bool) -> dict[str, Any]:
    return {
        "expected": 10,
        "used": 10 if fine else 5,
        "nones_left": 0 if fine else 1,
        "items_left": 0 if fine else 5,
        "unfinished": 0 if fine else 3,
        "joined": fine,
        "blocked_at": "" if fine else "queue.py line 90 in join",
    }


def facts(one: bool, two: bool, each: bool, shut: bool | None) -> dict[str, Any]:
    pace = {"seconds": 1.0, "producer_waited_s": 0.5, "consumers_waited_s": 0.1, "levels": []}
    ends = [an_end(fine=fine) for fine in (one, two, each)]
    return {
        "bound": 10,
        "paces": {"producer faster": pace, "consumers faster": pace},
        "ends": [*ends, None if shut is None else an_end(fine=shut)],
        "lossy_tries": 3,
        "tries": 50,
    }


def test_a_bounded_queue_never_holds_more_than_its_bound(told: dict[str, Any]) -> None:
    for pace in told["paces"].values():
        levels = [level for _, level in pace["levels"]]
        assert pace["fullest"] == max(levels) <= 3
        # Each item, and a None for each of the two consumers, goes in and comes out.
        assert len(levels) == 2 * (20 + 2)
        assert levels[-1] == 0


def test_a_producer_that_has_nothing_to_do_fills_the_queue() -> None:
    assert paced(bound=2, items=12, consumers=1, making=0, using=8)["fullest"] == 2


def test_what_is_in_the_queue_and_who_was_in_it_is_noted_for_each_item() -> None:
    jobs = Watched(2)
    jobs.put("first")
    jobs.put("second")
    assert jobs.get() == "first"
    assert [level for _, level in jobs.levels] == [1, 2, 1]
    assert (len(jobs.putting), len(jobs.getting)) == (2, 1)


def test_one_none_for_all_stays_in_the_queue_and_join_never_returns(told: dict[str, Any]) -> None:
    one = told["ends"][0]
    assert one["used"] == one["expected"]
    assert one["nones_left"] == 1
    # The producer's None, and the one that each consumer puts back.
    assert one["unfinished"] == 1 + 2
    assert not one["joined"]
    assert one["blocked_at"].startswith("queue.py line ")
    assert one["blocked_at"].endswith(" in join")


def test_what_a_later_producer_makes_is_lost_with_one_none_for_all(told: dict[str, Any]) -> None:
    two = told["ends"][1]
    assert two["used"] == two["items_left"] == 20


def test_one_none_each_ends_everybody_with_nothing_left(told: dict[str, Any]) -> None:
    each = told["ends"][2]
    assert clean(each)
    assert each["unfinished"] == each["items_left"] == 0


def test_a_queue_that_can_be_shut_down_ends_cleanly_without_any_none(told: dict[str, Any]) -> None:
    """From Python 3.13 on; the other kind of Python than this one is asked, too."""
    other = a_python(
        lambda version: (version >= (3, 13)) is not CAN_SHUT_DOWN,
        "older than 3.13" if CAN_SHUT_DOWN else "3.13 or later",
    )
    there = performed_on(other, "producer-consumer", items=20, bound=3, consumers=2)
    with_it, without = (told, there) if CAN_SHUT_DOWN else (there, told)
    assert with_it["can_shut_down"]
    assert clean(with_it["ends"][3])
    assert not without["can_shut_down"]
    assert without["ends"][3] is None


def test_items_can_be_lost_but_never_doubled() -> None:
    assert all(0 <= lost_by_chance(2, 10) <= 20 for _ in range(10))


def test_where_it_is_blocked_is_a_line_of_the_queue_without_folders() -> None:
    assert blocked_at(PRINTED) == "queue.py line 90 in join"
    assert blocked_at("") == ""


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ((False, False, True, None), "does not hold here"),
        ((True, False, True, True), "does not hold here"),
        ((True, True, True, True), "holds here"),
        ((False, False, False, True), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(ends: tuple[Any, ...], verdict: str) -> None:
    assert verdict_of(QUEUE, facts(*ends)) == verdict


def test_the_explanation_says_whether_this_python_can_shut_a_queue_down() -> None:
    def explained(shut: bool | None) -> str:
        return QUEUE.judge(facts(False, False, True, shut)).explanation

    assert "no shutdown()" in explained(None)
    assert "did the same" in explained(True)
    assert "did not come to a clean end" in explained(False)
