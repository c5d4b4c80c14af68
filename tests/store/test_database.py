"""Opening a database, old or new; one whose writer was killed loses nothing."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bench.errors import Refused
from bench.measure.processes.running import ROOT
from bench.settings import Settings
from bench.store import Store
from bench.store.schema import STEPS
from tests.build import a_plan, a_sample


def test_a_data_folder_is_made_where_there_is_none(here: Settings) -> None:
    deep = replace(here, data=here.data / "a" / "b")
    Store(deep).close()
    assert deep.database.is_file()


def test_a_database_is_opened_again_as_it_is(here: Settings) -> None:
    for count in range(3):
        store = Store(here)
        assert store.runs.count() == count
        store.runs.add(a_plan(), "done")
        store.close()


def test_a_data_folder_that_cannot_be_made_is_refused(here: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refused:
        Store(replace(here, data=tmp_path / "file"))
    assert str(refused.value).startswith("data folder is '")
    assert str(refused.value).endswith(
        ": it must be a folder that can be written; set BENCH_DATA to another one."
    )


def test_a_folder_in_the_place_of_the_database_is_refused(here: Settings) -> None:
    here.database.mkdir(parents=True)
    with pytest.raises(Refused, match="BENCH_DATA"):
        Store(here)


def test_a_database_of_an_older_lab_keeps_its_runs_and_takes_new_ones(here: Settings) -> None:
    here.data.mkdir()
    connection = sqlite3.connect(here.database)
    connection.executescript(STEPS[0])
    plan = a_plan().as_json()
    connection.execute(
        "INSERT INTO runs (id, session, state, plan, created) VALUES (?, '', 'done', ?, 1.0)",
        ("0" * 12, json.dumps({key: plan[key] for key in plan if key != "sweep"})),
    )
    connection.execute(
        "INSERT INTO samples VALUES (1, 1, 0, 0, 2.0, 1.0, 0.5, 1.0, 0.5, 1, 1.0, 0.0, 3.0, '168')"
    )
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    store = Store(here)
    run = store.runs.find("0" * 12)
    assert run
    (sample,) = run.samples
    assert (sample.warm_s, sample.answer, sample.foreign_share, sample.gil) == (
        1.0,
        "168",
        None,
        None,
    )
    store.runs.keep(run.id, a_sample("control", 1, 1, foreign=0.25))
    again = store.runs.find(run.id)
    assert again
    assert again.samples[1].foreign_share == 0.25
    store.close()


def test_an_empty_file_becomes_a_database(here: Settings) -> None:
    here.data.mkdir()
    here.database.touch()
    store = Store(here)
    assert store.runs.count() == 0
    store.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.database.transaction():
            store.runs.add(a_plan(), "queued")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.runs.count() == 0
    store.runs.add(a_plan(), "queued")
    assert store.runs.count() == 1


def test_threads_may_share_a_store(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")

    def write(first: int) -> None:
        for round_ in range(first, first + 25):
            store.runs.keep(id_, a_sample("control", round_))

    threads = [threading.Thread(target=write, args=(first,)) for first in (1, 101, 201)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run = store.runs.find(id_)
    assert run
    assert len(run.samples) == 75


WRITER = """
import itertools, sys
from bench.settings import settings
from bench.store import Store
from tests.build import a_plan, a_sample
store = Store(settings())
id_ = store.runs.add(a_plan(), "running")
print(id_, flush=True)
for round_ in itertools.count(1):
    store.runs.keep(id_, a_sample("control", round_))
    print(round_, flush=True)
"""


def test_a_writer_that_is_killed_loses_no_sample_that_it_had_kept(here: Settings) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        id_ = writer.stdout.readline().strip()
        kept = [int(writer.stdout.readline()) for _ in range(20)]
        writer.send_signal(signal.SIGKILL)
        kept += [int(line) for line in writer.stdout if line.endswith("\n")]
    store = Store(here)
    run = store.runs.find(id_)
    assert run
    found = [sample.round for sample in run.samples]
    assert found[: len(kept)] == kept
    assert len(found) - len(kept) <= 1  # one may have been kept and not yet been told
    store.close()
