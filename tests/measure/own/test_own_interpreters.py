"""Own work on the other Pythons of this machine, whose workers import it for themselves."""

import pytest

from bench.asking.plans import draft
from bench.errors import Refused
from bench.measure.host.known import known_interpreters
from bench.measure.trials import trials
from bench.plan import this_interpreter
from bench.samples import Failure, Sample
from tests.own import Own
from tests.watching import PATIENCE

DOUBLES = """
from typing import Annotated
import helper
def double(item): return helper.FACTOR * item
@bench.workload("cpu", packages=("{package}",))
def doubles(count: Annotated[int, bench.Between(1, 9)] = 4):
    yield bench.Work(double, range(count), sum)
"""


def others() -> list[str]:
    """The other interpreters that trials can run on."""
    found = known_interpreters().values()
    return [one.name for one in found if not one.problem and one.name != this_interpreter()]


def test_the_same_work_runs_on_each_with_each_kind_of_worker(own: Own) -> None:
    if not others():
        pytest.skip("this machine has no other Python that trials can run on")
    own.file("FACTOR = 2", "helper.py")
    work = own.work(DOUBLES.format(package="json"))
    hosts = others()
    for executor, options in (("processes", {"start_method": "spawn"}), ("interpreters", {})):
        able = [host for host in hosts if not known_interpreters()[host].executors[executor]]
        if able:
            plan = draft(work.name, executors={executor: options}, workers=[2], interpreters=able)
            with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
                outcomes = [trial(one, 1, 0) for one in plan.contenders]
            assert [one for one in outcomes if isinstance(one, Failure)] == []
            assert {one.answer for one in outcomes if isinstance(one, Sample)} == {"12"}


def test_what_another_lacks_is_known_before_anything_is_measured(own: Own) -> None:
    if not others():
        pytest.skip("this machine has no other Python that trials can run on")
    own.file("FACTOR = 2", "helper.py")
    own.work(DOUBLES.format(package="streamlit"))
    host = others()[0]
    with pytest.raises(Refused) as refusal:
        draft("doubles", executors={"threads": {}}, workers=[2], interpreters=[host])
    assert str(refusal.value) == (
        f"workload is 'doubles': it must be one that can run on {host}; "
        "This Python has no streamlit."
    )
