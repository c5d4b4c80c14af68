"""Shutdown: what signals do to tasks that wait and that run, and that nothing stays behind."""

import signal
import sys
from collections import Counter
from typing import Any

import pytest

from bench.asking.experiments import ask
from bench.demonstration import Demonstration
from bench.experiments import find_experiment, signalling
from bench.experiments.shutdown import CASES, pending
from bench.measure.host.known import known_interpreters
from bench.service.demonstrate import demonstrate
from tests.experiments.performing import verdict_of
from tests.watching import living_with

SHUTDOWN = find_experiment("shutdown")
TASKS, PAUSE = 4, 0.03


def after(pool: str, way: str, name: str) -> dict[str, Any]:
    """What became of a program."""
    return signalling.signalled((pool, way, name), TASKS, PAUSE)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, no program is ended before it ends by itself."""
    monkeypatch.setattr(signalling, "GRACE", 20.0)


def states(shown: dict[str, Any]) -> Counter[str]:
    return Counter(task["state"] for task in shown["tasks"])


@pytest.mark.parametrize(
    ("way", "waiting"),
    [
        ("event", "stopped"),
        ("cancel_futures", "cancelled"),
        ("event and cancel_futures", "cancelled"),
    ],
)
def test_a_task_that_waits_ends_as_its_program_has_it(way: str, waiting: str) -> None:
    shown = after("threads", way, "SIGTERM")
    assert [task["state"] for task in pending(shown)] == [waiting]
    assert (shown["code"], shown["hung"], shown["survivors"]) == (0, False, 0)


def test_ctrl_c_alone_lets_what_waits_begin() -> None:
    shown = after("threads", "no handler", "SIGINT")
    assert [task["began"] > 0 for task in pending(shown)] == [True]
    assert shown["code"] == -2
    assert states(shown)["cancelled"] == 0


def test_ctrl_c_is_the_same_where_a_shell_started_the_lab_in_the_background() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert after("threads", "no handler", "SIGINT")["code"] == -2
    finally:
        signal.signal(signal.SIGINT, before)


def test_sigterm_without_a_handler_ends_all_at_once() -> None:
    shown = after("threads", "no handler", "SIGTERM")
    assert shown["code"] == -15
    assert states(shown) == {"killed": 3, "never began": 1}


def test_workers_of_a_pool_outlive_a_program_that_was_killed_but_not_the_experiment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHUTDOWN_TEST", "killed")
    shown = after("processes", "no handler", "SIGKILL")
    assert (shown["code"], shown["survivors"]) == (-9, 3)
    assert living_with("SHUTDOWN_TEST", "killed") == []


def test_both_cures_leave_no_worker_behind() -> None:
    shown = after("processes", "event and cancel_futures", "SIGTERM")
    assert (shown["code"], shown["survivors"]) == (0, 0)
    assert states(shown)["done"] == 0


def test_nothing_stays_when_the_experiment_is_stopped_in_the_middle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHUTDOWN_TEST", "stopped")
    told: list[object] = []
    asked = Demonstration("0", ask("shutdown", {"step": 20.0}), "running", 0.0)
    ended = demonstrate(asked, keep=told.append, stopping=lambda: bool(told))
    assert ended.state == "stopped"
    assert living_with("SHUTDOWN_TEST", "stopped") == []


def test_from_python_3_13_on_a_process_pool_ends_after_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [one for one in known_interpreters().values() if one.version.startswith("3.13.")]
    if not found:
        pytest.skip("this machine has no Python 3.13")
    monkeypatch.setattr(sys, "executable", found[0].path)
    shown = after("processes", "no handler", "SIGINT")
    assert (shown["hung"], shown["survivors"]) == (False, 0)
    assert states(shown)["raised"] == 3


def facts(waiting: str, *, began: float | None = 0.2, **changes: Any) -> dict[str, Any]:
    """Facts of programs whose first task was running and whose other one became `waiting`."""
    running = {"state": "done", "steps": 5, "began": -0.1, "ended": 0.1}
    other = {"state": waiting, "steps": 0, "began": began, "ended": 0.3}
    rest = {"code": 0, "hung": False, "seconds": 0.5, "survivors": 2, **changes}
    return {
        "start_method": "fork",
        "programs": [
            {"pool": pool, "way": way, "signal": name, "tasks": [running, {**other}], **rest}
            for pool, way, name in CASES
        ],
    }


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (facts("done"), "does not hold here"),
        (facts("stopped"), "does not hold here"),
        (facts("cancelled", began=None), "holds here"),
        (facts("done", began=-0.1), "not resolved here"),
        (facts("done", seconds=None), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(told: dict[str, Any], verdict: str) -> None:
    assert verdict_of(SHUTDOWN, told) == verdict


def test_cancelling_at_times_only_resolves_nothing() -> None:
    told = facts("done")
    told["programs"][0]["tasks"][1]["state"] = "cancelled"
    assert verdict_of(SHUTDOWN, told) == "not resolved here"


def test_one_that_hung_is_said_so_and_so_is_the_start_method() -> None:
    said = SHUTDOWN.judge(facts("done", hung=True)).explanation
    assert "had to be killed" in said
    assert "(fork)" in said


def test_the_picture_tells_what_was_cancelled_from_what_began_too_late() -> None:
    for told, tone in ((facts("cancelled", began=None), "good"), (facts("done"), "bad")):
        rows = SHUTDOWN.picture(told, []).rows
        assert {row["tone"] for row in rows if row["lane"].endswith("2")} == {tone}
