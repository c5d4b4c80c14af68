"""A copy is whole while others write; only a whole one takes the place of the database."""

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.errors import Refused
from bench.measure.processes.hostlock import host_lock
from bench.settings import Settings
from bench.store import Store
from bench.store.copies import back_up, restore
from bench.store.schema import STEPS, VERSION
from tests.build import a_plan, a_sample


def test_a_copy_that_is_made_while_a_run_is_written_is_whole(
    here: Settings, store: Store, tmp_path: Path
) -> None:
    id_ = store.runs.add(a_plan(), "running")
    store.runs.keep(id_, a_sample("control", 1))
    go_on = threading.Event()

    def write() -> None:
        round_ = 1
        while not go_on.is_set():
            store.runs.keep(id_, a_sample("control", round_ := round_ + 1))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(here, tmp_path / "copy.db")
    finally:
        go_on.set()
        writer.join()
    elsewhere = replace(here, data=tmp_path / "elsewhere")
    assert restore(elsewhere, tmp_path / "copy.db", service_lives=False) is None
    with Store(elsewhere) as copied:
        run = copied.runs.find(id_)
        assert run
        rounds = [sample.round for sample in run.samples]
        assert rounds == list(range(1, len(rounds) + 1))
        assert rounds


def test_the_database_that_a_copy_replaces_is_moved_away(
    here: Settings, store: Store, tmp_path: Path
) -> None:
    first = store.runs.add(a_plan(), "done")
    back_up(here, tmp_path / "copy.db")
    second = store.runs.add(a_plan(), "done")
    store.close()
    before = restore(here, tmp_path / "copy.db", service_lives=False)
    with Store(here) as restored:
        assert [entry.run.id for entry in restored.history.page(9)] == [first]
    assert before
    assert before.parent == here.data
    back = here.database.replace(tmp_path / "away.db")
    before.rename(here.database)
    with Store(here) as restored:
        assert [entry.run.id for entry in restored.history.page(9)] == [second, first]
    assert back.exists()


def test_a_name_that_is_taken_is_not_written_over(here: Settings) -> None:
    Store(here).close()
    taken = here.data / "taken"
    taken.write_text("precious")
    with pytest.raises(Refused, match="a name that is not taken"):
        back_up(here, taken)
    assert taken.read_text() == "precious"


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:12_288] = b"\xff" * 8_192
    file.write_bytes(content)


def no_database(file: Path) -> None:
    file.write_bytes(b"this is no database\n" * 500)


def another_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.executescript("CREATE TABLE x (y); PRAGMA user_version = 1;")


def of_a_newer_lab(file: Path) -> None:
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("spoil", [damaged, no_database, another_database, of_a_newer_lab])
def test_what_is_no_whole_copy_changes_nothing(
    here: Settings, store: Store, tmp_path: Path, spoil: object
) -> None:
    assert callable(spoil)
    id_ = store.runs.add(a_plan(), "done")
    back_up(here, tmp_path / "copy.db")
    spoil(tmp_path / "copy.db")
    with pytest.raises(Refused):
        restore(here, tmp_path / "copy.db", service_lives=False)
    assert store.runs.find(id_)
    assert [file.name for file in here.data.glob("*.before-*")] == []


def test_while_a_service_lives_or_somebody_measures_nothing_is_restored(
    here: Settings, tmp_path: Path
) -> None:
    Store(here).close()
    back_up(here, tmp_path / "copy.db")
    with pytest.raises(Refused, match="stop the app"):
        restore(here, tmp_path / "copy.db", service_lives=True)
    with host_lock(here.lock, "somebody"), pytest.raises(Refused, match="somebody"):
        restore(here, tmp_path / "copy.db", service_lives=False)


COUNTED = next(place for place, step in enumerate(STEPS) if "CREATE TABLE totals" in step)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_database_of_each_older_lab_opens_with_all_its_runs(here: Settings, version: int) -> None:
    """Made by the first steps alone, as that lab left it."""
    here.data.mkdir()
    plan = json.dumps(a_plan().as_json())
    with closing(sqlite3.connect(here.database)) as old:
        for step in STEPS[:version]:
            old.executescript(step)
        for number in range(3):
            old.execute(
                "INSERT INTO runs (id, session, state, plan, created, ended) "
                "VALUES (?, '', 'done', ?, 1.0, 2.0)",
                (f"{number:012d}", plan),
            )
            old.execute(
                "INSERT INTO samples (run, round, place, contender, cold_s, warm_s, start_s, "
                "first_s, stop_s, repeats, cpu_user_s, cpu_system_s, trial_s, answer) "
                "VALUES (?, 1, 0, 0, 2.0, 1.0, 0.5, 1.0, 0.5, 1, 1.0, 0.0, 3.0, '168')",
                (number + 1,),
            )
        old.execute(f"PRAGMA user_version = {version}")
        old.commit()
    with Store(here) as store:
        assert len(store.history.page(9)) == 3
        run = store.runs.find(f"{1:012d}")
        assert run
        assert run.samples[0].answer == "168"
        if version <= COUNTED:  # a later one has counted by itself
            assert (store.totals().trials, store.totals().seconds) == (3, 9.0)
