"""Bringing runs in on the command line: several files, each with its own outcome."""

from pathlib import Path

from bench.store import Store
from tests.commands.conftest import Bench
from tests.imports.files import FOLDER, PLAIN, as_bytes


def test_each_file_has_its_own_outcome(bench: Bench, store: Store, tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_bytes(as_bytes(PLAIN))
    (tmp_path / "cut.json").write_bytes(as_bytes(PLAIN)[:99])
    files = [str(tmp_path / name) for name in ("theirs.json", "cut.json", "none.json")]
    said = bench("import", *files, str(FOLDER / "hyperfine-1.15.0.json"))
    assert said.code == 2
    kept = [entry.run.id for entry in store.history.page(9)]
    assert [line.partition("kept as ")[2][:12] for line in said.out.splitlines()] == kept[::-1]
    cut, none = said.err.splitlines()
    assert "cut.json" in cut
    assert "broken off at line 1" in cut
    assert "No such file" in none


def test_one_file_can_be_given_a_name(bench: Bench, store: Store) -> None:
    file = str(FOLDER / "pyperf-2.10.0.json")
    assert bench("import", file, "--name", "before the update").code == 0
    (entry,) = store.history.page(9)
    assert entry.title == "before the update"
    assert "done, imported" in bench("runs").out
    assert "imported from pyperf 2.10.0" in bench("show", entry.run.id).out
    assert bench("import", file, file, "--name", "x").code == 2
    assert store.runs.count() == 1


def test_a_file_that_is_too_large_is_not_read(bench: Bench, store: Store, tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(2_000_000_000)
    said = bench("import", str(tmp_path / "huge.json"))
    assert (said.code, said.out) == (2, "")
    assert "file is '2,000,000,000 bytes': it must be at most 8,000,000 bytes" in said.err
    assert store.runs.count() == 0


def test_it_cannot_be_continued(bench: Bench, store: Store) -> None:
    bench("import", str(FOLDER / "hyperfine-1.15.0.json"))
    (entry,) = store.history.page(9)
    said = bench("continue", entry.run.id)
    assert said.code == 2
    assert "imported from hyperfine" in said.err
