"""The parts, and the programs that they start."""

import pytest

from bench.errors import Refused
from bench.measure.processes.groups import Reaper
from benchmarks.byscript import by_script
from benchmarks.parts import PARTS, about, find_part, parts_of
from benchmarks.scripts import dispatch
from benchmarks.session import Session
from tests.build import a_plan


@pytest.mark.parametrize("name", PARTS)
def test_every_part_has_a_question_and_something_that_answers_it(name: str) -> None:
    assert about(name).endswith("?")
    assert callable(find_part(name))


def test_an_unknown_part_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="dispatch"):
        parts_of(["dispatch", "speed"])


def test_a_group_stands_for_its_parts_and_none_is_measured_twice() -> None:
    assert parts_of(["history", "app", "long"]) == [
        "history",
        "pages",
        "viewers",
        "shares",
        "advise",
        "soak",
    ]


def test_the_script_that_the_lab_offers_is_a_side_with_its_times() -> None:
    plan = a_plan(executors=["threads"], parameters={"limit": 1_000})
    with Reaper() as reaper:
        side = by_script(
            Session(reaper, 1, 1.0), plan, plan.contenders[0], rounds="ROUNDS, SECONDS = 1, 0.0"
        )
        times = side()
    assert times.keys() == {"sequential", "warm", "cold", "speedup"}
    assert times["speedup"] == pytest.approx(times["sequential"] / times["warm"], rel=0.1)


def test_a_side_with_a_wrong_answer_is_not_timed() -> None:
    with pytest.raises(ValueError, match="wrong answer"):
        dispatch.timed({"lab": lambda: [1, 2, 3]}, 7, seconds=0.0, seed=1)
