"""Exports on the command line."""

import json
from pathlib import Path

import pytest

from bench.store import Store
from tests.commands.conftest import Bench
from tests.factory import a_run, a_sweep, costing, traced
from tests.keeping import keep_race, keep_run


@pytest.fixture
def run(store: Store) -> str:
    return keep_run(store, traced(costing(a_run())))


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("json", [".json"]),
        ("csv", [".csv"]),
        ("contenders", ["-contenders.csv"]),
        ("md", [".md"]),
        ("trace", ["-trace.json"]),
        ("pyperf", [f"-{one}.json" for one in ("sequential", "control", "threads", "processes")]),
    ],
)
def test_a_run_is_written_in_each_form(
    bench: Bench, run: str, tmp_path: Path, name: str, ends: list[str]
) -> None:
    said = bench("export", run, "--to", name, "--out", str(tmp_path))
    files = [tmp_path / f"speedup-lab-{run}{end}" for end in ends]
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [str(file) for file in files]
    assert all(file.stat().st_size > 100 for file in files)


def test_one_file_goes_to_standard_output_alone(bench: Bench, run: str) -> None:
    assert json.loads(bench("export", run, "--to", "json", "--out", "-").out)["id"] == run
    assert bench("export", run, "--to", "md", "--out", "-").out.startswith("### Processes × 2")
    refused = bench("export", run, "--to", "pyperf", "--out", "-")
    assert (refused.code, refused.out) == (2, "")
    assert "pyperf is 4 files" in refused.err


def test_the_charts_that_are_named_are_drawn_as_they_are_to_look(
    bench: Bench, run: str, tmp_path: Path
) -> None:
    look = ("--theme", "dark", "--mode", "cold")
    chosen = ("--chart", "times", "--chart", "rounds")
    bench("export", run, "--to", "svg", *chosen, *look, "--out", str(tmp_path))
    names = sorted(file.name for file in tmp_path.glob("*.svg"))
    assert names == [f"speedup-lab-{run}-{chart}.svg" for chart in ("rounds", "times")]
    drawn = (tmp_path / names[1]).read_text()
    assert "#11151A" in drawn
    assert "seconds, with pool start-up" in drawn


def test_a_demonstration_is_exported_by_its_id(bench: Bench, store: Store) -> None:
    id_ = keep_race(store)
    assert json.loads(bench("export", id_, "--to", "json", "--out", "-").out)["name"] == "race"
    assert "counter.value += 1" in bench("export", id_, "--to", "md", "--out", "-").out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--to", "pdf"), "format is 'pdf': it must be one of json, csv"),
        (("--to", "trace"), "format is 'trace'"),
        (("--to", "svg", "--chart", "timeline"), "chart is 'timeline'"),
        (("--to", "md", "--chart", "sweep"), "chart is 'sweep': it must be left out"),
        (("--to", "png", "--scale", "9"), "scale is '9'"),
        (("--to", "csv", "--theme", "dark"), "parameter is 'theme'"),
        (("--to", "csv", "--out", "/nowhere/at/all"), "could not be written to"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(
    bench: Bench, store: Store, more: tuple[str, ...], told: str
) -> None:
    said = bench("export", keep_run(store, a_sweep()), *more)
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert told in line


@pytest.mark.parametrize("id_", ["zzz", "0123456789ab", "../../etc/passwd"])
def test_an_unknown_run_is_refused_in_one_line(bench: Bench, id_: str) -> None:
    said = bench("export", id_, "--to", "md")
    assert said.code == 2
    assert said.err.endswith("the id of a kept run; python -m bench runs lists them.\n")
