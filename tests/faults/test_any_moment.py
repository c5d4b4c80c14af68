"""Kill -9 of the service at random moments: the database is whole, and what was kept is there.

10 moments; as many as FAULT_MOMENTS says. A seed picks each by the service's own progress: so many
outcomes kept, then so many lines of the lab's code; or, from outside, so many looks at the run.
"""

import os
import random
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan
from tests.scripted import Scripted
from tests.serving import Kept, as_processes, in_a_thread
from tests.watching import PATIENCE, eventually

MOMENTS = int(os.environ.get("FAULT_MOMENTS", "10"))

PLAN = a_plan(executors=["threads"], rounds=2)
OUTCOMES = 6

# About as many lines as there are from one outcome to the next, and as many looks.
LINES, LOOKS = 800, 60

# What a trial may leave if it is not ended well: a process, one in a session of its own, shared
# memory, a file.
BUSY = """
import subprocess
from multiprocessing import shared_memory
open("left", "w").close()
others = [subprocess.Popen(["sleep", "600"], start_new_session=apart) for apart in (False, True)]
name = f"{os.environ['TMPDIR'].split('/')[-3]}-{os.getpid()}"
block = shared_memory.SharedMemory(name, create=True, size=1_000)
tell(SAMPLE)
block.close()
block.unlink()
for other in others: other.kill(); other.wait()
"""


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment_no_outcome_is_lost_and_the_next_run_works(
    moment: int, here: Settings, scripted: Scripted, tmp_path: Path, temporary: Path
) -> None:
    scripted({"threads": BUSY})
    chance = random.Random(moment)
    outcomes = chance.randrange(OUTCOMES + 1)
    inside, notes = moment % 2, tmp_path / "notes"
    lines = chance.randrange(1, LINES) if inside else 0
    notes.touch()
    with Store(here) as store:
        id_ = store.queue.submit(PLAN)
        command = [sys.executable, "-m", "tests.faults.rehearsed", scripted.script]
        with as_processes([*command, str(outcomes), str(lines), str(notes)]) as start:
            service = start()
            if not inside:
                kept = Kept(store)
                eventually(lambda: kept.run(id_).state != "queued", "a claim")
                kept.with_samples(id_, outcomes)
                for _ in range(chance.randrange(LOOKS)):
                    store.runs.find(id_)
                service.kill()
            assert service.wait(PATIENCE) == -signal.SIGKILL
    eventually(lambda: not list(temporary.glob("lab-*")), "the end of all it started")

    with sqlite3.connect(here.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    with Store(here) as store, in_a_thread(here):
        kept = Kept(store)
        told = notes.read_text().splitlines()
        assert (
            told == [f"{one.round} {one.contender}" for one in kept.run(id_).samples][: len(told)]
        )
        kept.when(kept.submit(PLAN), "done")
        assert kept.run(id_).state in ("interrupted", "done")
        assert len(kept.run(id_).samples) >= len(told)
