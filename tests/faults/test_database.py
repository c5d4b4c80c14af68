"""The database: held by somebody else for a while, damaged, or written by a newer lab."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from bench.errors import Unavailable
from bench.settings import Settings
from bench.store import Store, database
from bench.store.runs import Runs
from bench.store.schema import STEPS, VERSION
from tests.build import a_plan
from tests.factory import a_run
from tests.keeping import keep_run
from tests.scripted import Scripted
from tests.serving import Kept, in_a_thread
from tests.watching import eventually

PAGE = 4_096


@contextmanager
def held(here: Settings) -> Iterator[None]:
    """Somebody else is writing to the database."""
    with closing(sqlite3.connect(here.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_while_somebody_else_writes_a_run_waits_and_goes_on(
    here: Settings, kept: Kept, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted({})
    keep, begun = Runs.keep, list[str]()

    def noted(runs: Runs, id_: str, outcome: Any) -> None:
        begun.append(id_)
        keep(runs, id_, outcome)

    monkeypatch.setattr(Runs, "keep", noted)
    with in_a_thread(here):
        id_ = kept.submit(a_plan(rounds=5))
        kept.with_samples(id_, 3)
        with held(here):
            before = len(kept.run(id_).samples)
            eventually(lambda: len(begun) > before, "an outcome that waits")
        run = kept.when(id_, "done")
    assert (len(run.samples), run.failures, run.error) == (20, (), "")


def test_if_it_takes_too_long_the_run_ends_in_a_sentence_and_the_next_one_goes_on(
    here: Settings,
    kept: Kept,
    scripted: Scripted,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    scripted({})
    monkeypatch.setattr(database, "BUSY", 0.1)
    with in_a_thread(here):
        id_ = kept.submit(a_plan(rounds=1_000))
        before = kept.with_samples(id_, 3).samples
        with held(here):
            eventually(lambda: f"the end of {id_} must wait" in caplog.text, "an end that waits")
        run = kept.when(id_, "failed")
        kept.when(kept.submit(a_plan(rounds=2)), "done")
    assert run.error == (
        "Another program holds the lab's database (database is locked): end it, or try again later."
    )
    assert run.samples[: len(before)] == before


def cut_off(here: Settings) -> None:
    content = here.database.read_bytes()
    here.database.write_bytes(content[: len(content) // 2])


def without_its_head(here: Settings) -> None:
    content = here.database.read_bytes()
    here.database.write_bytes(b"\xff" * 100 + content[100:])


def with_a_page_of_rubbish(here: Settings) -> None:
    with closing(sqlite3.connect(here.database)) as other:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = 'samples'"
        at = PAGE * (other.execute(asked).fetchone()[0] - 1)
    content = here.database.read_bytes()
    here.database.write_bytes(content[:at] + bytes(range(256)) * 16 + content[at + PAGE :])


def no_database(here: Settings) -> None:
    here.database.write_bytes(b"this is no database\n" * 500)


@pytest.mark.parametrize("damage", [cut_off, without_its_head, with_a_page_of_rubbish, no_database])
def test_a_damaged_database_is_said_to_be_and_left_as_it_is(here: Settings, damage: Any) -> None:
    with Store(here) as store:
        id_ = keep_run(store, a_run())
    damage(here)
    before = here.database.read_bytes()

    def use() -> None:
        with Store(here) as store:
            store.runs.find(id_)

    for _ in range(2):
        with pytest.raises(Unavailable) as said:
            use()
        assert str(said.value).startswith("The lab's database is damaged (")
        assert str(said.value).endswith("or set BENCH_DATA to another one.")
    assert here.database.read_bytes() == before


def test_a_database_of_a_newer_lab_is_left_as_it_is(here: Settings) -> None:
    Store(here).close()
    with closing(sqlite3.connect(here.database)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = here.database.read_bytes()
    for _ in range(2):
        with pytest.raises(Unavailable) as said:
            Store(here)
        assert str(said.value) == (
            f"The database has version {VERSION + 1}, this lab knows up to {VERSION}: "
            "use a newer lab or set BENCH_DATA to another folder."
        )
    assert here.database.read_bytes() == before


def test_a_step_that_fails_leaves_the_database_as_it_was(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(here) as store:
        id_ = keep_run(store, a_run())
    with monkeypatch.context() as patch:
        steps = "ALTER TABLE runs ADD COLUMN more TEXT; SELECT * FROM nowhere"
        patch.setattr(database, "STEPS", (*STEPS, steps))
        patch.setattr(database, "VERSION", VERSION + 1)
        with pytest.raises(Unavailable, match="no such table: nowhere"):
            Store(here)
    with closing(sqlite3.connect(here.database)) as connection:
        assert "more" not in str(connection.execute("SELECT sql FROM sqlite_master").fetchall())
    with Store(here) as store:
        assert store.runs.find(id_)
