"""Measuring from the command line, with trials that take no time."""

import re
from pathlib import Path

import pytest

from bench.asking.plans import draft, plan_from_json
from bench.exports.json_run import run_json
from bench.measure.processes.hostlock import host_lock
from bench.samples import Run
from bench.settings import Settings
from bench.store import Store
from tests.build import a_sample
from tests.commands.conftest import Bench
from tests.exports.schema import read, written
from tests.scripted import FAILS, HANGS, OTHER_ANSWER, Scripted

pytestmark = pytest.mark.usefixtures("scripted")

WORK = (
    "run",
    "primes",
    "--set",
    "limit=1000",
    "--workers",
    "2",
    "--rounds",
    "2",
    "--seed",
    "7",
    "--no-ceiling",
)
PLAN = draft(
    "primes",
    executors={"threads": {}, "processes": {}},
    workers=[2],
    parameters={"limit": 1_000},
    rounds=2,
    seed=7,
    ceiling=False,
)


def only_run(store: Store) -> Run:
    """The one run that is kept."""
    (listed,) = store.history.page(9)
    run = store.runs.find(listed.run.id)
    assert run
    return run


def row_of(table: str, contender: str) -> str:
    (row,) = [line for line in table.splitlines() if line.startswith(f"{contender}  ")]
    return row


def test_a_run_ends_with_a_table_of_verdicts(bench: Bench) -> None:
    said = bench(*WORK)
    assert said.code == 0
    assert said.out.splitlines()[0].endswith("2.00 times as fast as sequential (2.00–2.00).")
    assert "baseline" in row_of(said.out, "sequential")
    assert "no difference shown" in row_of(said.out, "control")
    # The script's pools take exactly half of the baseline's second, in every round.
    for contender in ("threads × 2", "processes × 2"):
        assert "500 ms  2.00     2.00–2.00     faster" in row_of(said.out, contender)


def test_a_run_is_kept_and_named(bench: Bench, store: Store) -> None:
    said = bench(*WORK)
    run = only_run(store)
    assert (run.state, len(run.samples), run.plan) == ("done", 8, PLAN)
    assert said.out.endswith(f"\nKept as {run.id}: python -m bench show {run.id}\n")


def test_a_run_that_is_not_saved_leaves_the_store_empty(bench: Bench, store: Store) -> None:
    said = bench(*WORK, "--no-save")
    assert said.code == 0
    assert "Kept as" not in said.out
    assert store.runs.count() == 0


def test_a_run_that_is_not_saved_needs_no_data_folder(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BENCH_DATA", str(tmp_path / "file"))
    assert bench(*WORK, "--no-save").code == 0


def test_progress_goes_to_stderr_only(bench: Bench) -> None:
    said = bench(*WORK)
    first, second = said.err.splitlines()
    assert re.fullmatch(r"round 1 · 1 of 8 trials · about \d+ s left", first)
    assert re.fullmatch(r"round 2 · 5 of 8 trials · about \d+ s left", second)
    assert "trials" not in said.out


def test_with_out_the_run_is_written_to_a_file_besides(
    bench: Bench, store: Store, tmp_path: Path
) -> None:
    said = bench(*WORK, "--out", str(tmp_path / "run.json"))
    assert "2.00" in row_of(said.out, "threads × 2")
    plain = read((tmp_path / "run.json").read_text("utf-8"))
    # The file has the command's own clock, the store's run the store's.
    moments = ("created", "started", "ended")
    kept = written(run_json(only_run(store)))
    assert {key: plain[key] for key in plain if key not in moments} == {
        key: kept[key] for key in kept if key not in moments
    }


def test_with_out_to_standard_output_there_is_json_and_nothing_else(bench: Bench) -> None:
    said = bench(*WORK, "--out", "-")
    plain = read(said.out)
    assert (plain["state"], len(plain["samples"])) == ("done", 8)
    assert "trials" in said.err


def test_the_plan_in_the_json_can_be_measured_again(bench: Bench) -> None:
    plain = read(bench(*WORK, "--out", "-", "--no-save").out)
    assert plan_from_json(plain["plan"]) == PLAN
    assert plain["id"] == "unsaved"


def test_a_file_that_cannot_be_written_in_the_end_costs_only_the_file(
    bench: Bench, store: Store
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    said = bench(*WORK, "--out", str(full))
    assert said.code == 2
    assert said.err.splitlines()[-1] == (
        "'/dev/full' could not be written: No space left on device."
    )
    assert "2.00" in row_of(said.out, "threads × 2")
    assert only_run(store).state == "done"


def test_without_rounds_a_run_ends_when_it_is_precise_enough(bench: Bench, store: Store) -> None:
    bench("run", "primes", "--workers", "2", "--precision", "quick")
    run = only_run(store)
    assert (run.plan.rounds, len(run.samples)) == (None, 3 * len(run.plan.line_up))


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ({"threads": FAILS}, "threads × 2 has no result. ValueError: no good"),
        (
            {"threads": OTHER_ANSWER},
            "threads × 2 has no result. Its answer 169 differs from the sequential answer 168.",
        ),
    ],
)
def test_a_contender_that_fails_is_told_with_its_reason_and_exit_code_1(
    bench: Bench, store: Store, scripted: Scripted, does: dict[str, str], sentence: str
) -> None:
    scripted(does)
    said = bench(*WORK)
    assert said.code == 1
    assert "failed" in row_of(said.out, "threads × 2")
    assert sentence in said.out
    assert "faster" in row_of(said.out, "processes × 2")
    assert only_run(store).state == "done"


def test_a_trial_that_takes_too_long_fails_its_contender(
    bench: Bench, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_TRIAL_SECONDS", "1")
    scripted({"threads": HANGS})
    said = bench(*WORK, "--out", "-")
    assert said.code == 1
    (failure,) = read(said.out)["failures"]
    assert (failure["contender"], failure["code"]) == ("threads × 2", "deadline")


def test_a_baseline_that_fails_ends_the_run_with_exit_code_1(
    bench: Bench, store: Store, scripted: Scripted
) -> None:
    scripted({"sequential": FAILS})
    said = bench(*WORK)
    assert said.code == 1
    assert "The baseline failed. ValueError: no good" in said.out
    assert only_run(store).state == "failed"


def test_what_the_machine_refuses_is_told_with_exit_code_1(
    bench: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("bench.service.perform.trials", refuse)
    said = bench(*WORK)
    assert said.code == 1
    assert (
        "The machine refused: Too many open files; let the lab have more open files (ulimit -n)."
        in said.out
    )
    assert only_run(store).state == "failed"


def test_what_a_dead_process_left_running_is_interrupted(bench: Bench, store: Store) -> None:
    left = store.runs.add(PLAN, "running")
    bench(*WORK)
    run = store.runs.find(left)
    assert run
    assert run.state == "interrupted"


def test_a_run_leaves_the_hosts_lock_free(bench: Bench, here: Settings) -> None:
    bench(*WORK)
    with host_lock(here.lock, "me", give_up=lambda: True) as got:
        assert got


@pytest.mark.parametrize("out", ["-", "run.json"])
def test_a_run_that_failed_is_written_as_json_too(
    bench: Bench, scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    scripted({"sequential": FAILS})
    said = bench(*WORK, "--out", out)
    assert said.code == 1
    plain = read(said.out if out == "-" else Path(out).read_text("utf-8"))
    assert plain["state"] == "failed"


def test_a_run_can_be_continued(bench: Bench, store: Store) -> None:
    bench(*WORK)
    first = only_run(store)
    said = bench("continue", first.id)
    assert said.code == 0
    again = only_run(store)
    assert again.samples[: len(first.samples)] == first.samples
    assert len(again.samples) == 2 * len(first.samples)
    assert said.err.splitlines()[0].startswith("round 3 · 9 of")
    assert row_of(said.out, "threads × 2").endswith("4")


def test_a_run_of_another_machine_cannot_be_continued(bench: Bench, store: Store) -> None:
    id_ = store.runs.add(PLAN, "running", environment={"fingerprint": "00000000"})
    store.runs.keep(id_, a_sample())
    store.runs.end(id_, "done")
    said = bench("continue", id_)
    assert said.code == 2
    assert "it must be 00000000, on which its rounds were measured" in said.err
    assert only_run(store).state == "done"


@pytest.mark.parametrize("id_", ["0" * 12, "nonsense"])
def test_a_run_that_is_not_there_cannot_be_continued(bench: Bench, id_: str) -> None:
    assert bench("continue", id_).code == 2
