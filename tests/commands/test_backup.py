"""Copies of the database, and keeping runs, on the command line."""

from pathlib import Path

from bench.store import Store
from tests.build import a_plan
from tests.commands.conftest import Bench


def test_a_backup_is_restored(bench: Bench, store: Store, tmp_path: Path) -> None:
    id_ = store.runs.add(a_plan(), "done")
    copy = tmp_path / "copy.db"
    assert bench("backup", str(copy)).code == 0
    assert bench("backup", str(copy)).code == 2
    assert bench("delete", id_).code == 0
    said = bench("restore", str(copy))
    assert said.code == 0
    assert "The database before it is" in said.out
    assert bench("show", id_).code == 0


def test_while_a_service_lives_nothing_is_restored(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    assert bench("backup", str(tmp_path / "copy.db")).code == 0
    store.queue.service_beat(1)
    said = bench("restore", str(tmp_path / "copy.db"))
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "measuring service is 'alive': it must be ended; stop the app and try again.\n"
    )


def test_a_damaged_database_is_no_reason_not_to_restore(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    id_ = store.runs.add(a_plan(), "done")
    assert bench("backup", str(tmp_path / "copy.db")).code == 0
    store.close()
    (tmp_path / "data" / "lab.db").write_bytes(b"no database\n" * 999)
    assert bench("show", id_).code == 2
    assert bench("restore", str(tmp_path / "copy.db")).code == 0
    assert bench("show", id_).code == 0


def test_a_run_is_kept_and_let_go(bench: Bench, store: Store) -> None:
    id_ = store.runs.add(a_plan(), "done")
    for option, kept in ((), True), (("--no",), False):
        assert bench("keep", id_, *option) == (0, "", "")
        entry = store.history.find(id_)
        assert entry
        assert entry.kept is kept
    assert bench("keep", "no such run").code == 2
