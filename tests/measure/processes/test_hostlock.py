"""One measurement at a time on a host, with real processes that hold the lock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.measure.processes.hostlock import holder, host_lock
from bench.measure.processes.running import ROOT

HOLDER = """
import pathlib, sys
from bench.measure.processes.hostlock import host_lock
with host_lock(pathlib.Path(sys.argv[1]), "the first one"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_free_lock_is_got_at_once(tmp_path: Path) -> None:
    with host_lock(tmp_path / "lock", "me") as got:
        assert got


def test_a_lock_that_was_let_go_is_got_again(tmp_path: Path) -> None:
    for _ in range(2):
        with host_lock(tmp_path / "lock", "me") as got:
            assert got


def test_who_waits_is_told_once_for_whom(tmp_path: Path) -> None:
    told: list[str] = []
    looks = iter([False, False, True])
    with held_by_another(tmp_path / "lock") as holder:
        waits = host_lock(tmp_path / "lock", "me", waiting=told.append, give_up=lambda: next(looks))
        with waits as got:
            assert not got
    assert told == [f"the first one (process {holder.pid})"]


def test_who_waits_gets_the_lock_when_its_holder_ends(tmp_path: Path) -> None:
    with held_by_another(tmp_path / "lock") as holder:
        assert holder.stdin
        ends = holder.stdin.close
        with host_lock(tmp_path / "lock", "me", waiting=lambda _: ends()) as got:
            assert got


def test_the_lock_dies_with_a_holder_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        held_by_another(path) as holder,
        host_lock(path, "me", waiting=lambda _: holder.kill()) as got,
    ):
        assert got


def test_who_gives_up_does_not_keep_others_from_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        host_lock(path, "first") as first,
        host_lock(path, "second", give_up=lambda: True) as second,
    ):
        assert (first, second) == (True, False)
    with host_lock(path, "third", give_up=lambda: True) as third:
        assert third


def test_the_lock_is_let_go_when_its_holder_raises(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), host_lock(tmp_path / "lock", "first"):
        raise RuntimeError
    with host_lock(tmp_path / "lock", "second", give_up=lambda: True) as got:
        assert got


def test_everybody_may_wait_for_everybody(tmp_path: Path) -> None:
    with host_lock(tmp_path / "lock", "me"):
        assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o666


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("as it was")
    (tmp_path / "lock").symlink_to(precious)
    with pytest.raises(Unavailable, match="BENCH_LOCK"), host_lock(tmp_path / "lock", "me"):
        pass
    assert precious.read_text() == "as it was"


@pytest.mark.parametrize("place", ["missing/lock", "folder", "file/lock"])
def test_a_lock_that_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    path = tmp_path / place
    with pytest.raises(Unavailable) as refusal, host_lock(path, "me"):
        pass
    assert str(refusal.value).startswith(f"The lock file {path} cannot be opened (")
    assert str(refusal.value).endswith("): set BENCH_LOCK to another.")


def test_who_holds_the_lock_is_told_without_taking_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert holder(path) == ""
    assert not path.exists()
    with host_lock(path, "somebody"):
        assert holder(path) == f"somebody (process {os.getpid()})"
    assert holder(path) == ""
    with host_lock(path, "the next", give_up=lambda: True) as got:
        assert got
