"""The machine is short of processes or of file descriptors: limits set while a run is on."""

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.store import Store
from tests.build import a_plan
from tests.scripted import Scripted
from tests.serving import Kept, as_processes

# The kernel limits nobody's processes if they are root's: the service is somebody else's, then, who
# may all the same read and write what root may.
NOBODY = (
    *("setpriv", "--ruid", "65534", "--inh-caps", "-all"),
    *("--bounding-set", "-sys_resource,-sys_admin", "--"),
)

PROCESSES = (
    "The machine refused: Resource temporarily unavailable; "
    "let the lab have more processes (ulimit -u), or end other programs."
)
FILES = "The machine refused: Too many open files; let the lab have more open files (ulimit -n)."


def unprivileged() -> Sequence[str]:
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("limits on processes do not hold for root, and there is no setpriv here")
    return NOBODY


@pytest.mark.parametrize(
    ("short", "said"),
    [(signal.SIGUSR1, PROCESSES), (signal.SIGUSR2, FILES)],
    ids=["processes", "descriptors"],
)
def test_a_machine_short_of_something_ends_the_run_in_a_sentence_and_the_next_one_works(
    short: signal.Signals, said: str, store: Store, kept: Kept, scripted: Scripted, tmp_path: Path
) -> None:
    scripted({})
    command = [*unprivileged(), sys.executable, "-m", "tests.faults.rehearsed", scripted.script]
    with as_processes([*command, "0", "0", str(tmp_path / "notes")]) as start:
        id_ = kept.submit(a_plan(rounds=1_000))
        service = start()
        before = kept.with_samples(id_, 6).samples
        service.send_signal(short)
        run = kept.when(id_, "failed")
        assert run.error == said
        assert run.samples[: len(before)] == before

        service.send_signal(short)
        kept.when(kept.submit(a_plan(rounds=2)), "done")
        assert service.poll() is None
        assert store.queue.service() == ""
