"""Two stages: when computing begins is seen from what the stages find, not from times."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.executors import find_executor
from bench.work import Staged
from bench.workloads import all_workloads, find_workload
from tests.executors.opening import METHOD
from tests.watching import eventually

HYBRID = find_executor("hybrid")

# What the waiting stage hands over: the item, and the process and thread that it ran in.
Waited = tuple[Path, int, str]


def waited(item: Path) -> Waited:
    (item.parent / f"waited {item.name}").touch()
    return item, os.getpid(), threading.current_thread().name


def waited_for_the_first(item: Path) -> Waited:
    """All but the first wait until the first one is computed."""
    if item.name != "0":
        eventually((item.parent / "computed 0").exists, "computing the first one")
    return waited(item)


def all_that_waited(handed: Waited) -> int:
    return len(list(handed[0].parent.glob("waited *")))


def note_computed(handed: Waited) -> str:
    item = handed[0]
    (item.parent / f"computed {item.name}").touch()
    return item.name


def was_apart(handed: Waited) -> tuple[int, bool, bool]:
    _, process, thread = handed
    return process, process != os.getpid(), thread.startswith("ThreadPoolExecutor")


def mapped(
    folder: Path,
    wait: Callable[[Path], Waited],
    compute: Callable[[Waited], object],
    mode: str,
    *,
    workers: int = 3,
) -> list[object]:
    items = [folder / str(number) for number in range(6)]
    with HYBRID.open(workers, mode=mode, start_method=METHOD) as run:
        return list(run(Staged(wait, compute), items))


def test_staged_nothing_is_computed_before_all_have_waited(tmp_path: Path) -> None:
    assert mapped(tmp_path, waited, all_that_waited, "staged") == [6] * 6


def test_streamed_a_result_is_computed_while_others_still_wait(tmp_path: Path) -> None:
    found = mapped(tmp_path, waited_for_the_first, note_computed, "streamed")
    assert found == ["0", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("mode", ["staged", "streamed"])
def test_threads_wait_and_other_processes_compute(tmp_path: Path, mode: str) -> None:
    assert mapped(tmp_path, waited, was_apart, mode) == [(os.getpid(), True, True)] * 6


def failing(_: object) -> None:
    raise LookupError("not there")


@pytest.mark.parametrize("mode", ["staged", "streamed"])
@pytest.mark.parametrize(("wait", "compute"), [(failing, was_apart), (waited, failing)])
def test_an_error_of_either_stage_comes_out(
    tmp_path: Path, mode: str, wait: Callable[[Path], Waited], compute: Callable[[Waited], object]
) -> None:
    with pytest.raises(LookupError, match="not there"):
        mapped(tmp_path, wait, compute, mode)


def test_work_without_two_stages_does_not_fit() -> None:
    assert HYBRID.unfit(find_workload("primes")) == "Its tasks have no two stages to tell apart."
    with HYBRID.open(1, start_method=METHOD) as run, pytest.raises(TypeError, match="two stages"):
        run(abs, [1])


def test_work_that_says_it_has_two_stages_fits() -> None:
    staged = [workload for workload in all_workloads().values() if workload.staged]
    assert staged
    assert [HYBRID.unfit(workload) for workload in staged] == [None] * len(staged)
