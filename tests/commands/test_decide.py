"""`decide`: rows measured in turn, with trials that take no time, and told in a table."""

import json

import pytest

from bench.analysis.advice import ROWS
from bench.store import Store
from tests.commands.conftest import Bench
from tests.scripted import FAILS, Scripted

FASTER = 'tell(SAMPLE | {"warm_s": 0.25, "warm_cpu_s": 0.5})'
SLOWER = 'tell(SAMPLE | {"warm_s": 2.0})'


def test_rows_are_measured_kept_and_told_with_their_intervals(
    bench: Bench, store: Store, scripted: Scripted
) -> None:
    scripted(does={"threads": SLOWER})
    said = bench("decide", "--only", "pure-python", "--only", "files")
    assert said.code == 0
    head, files, pure = said.out.splitlines()[:3]
    assert head.split() == ["row", "textbook", "this", "machine", "stand", "measured"]
    assert files.startswith("files  ")
    assert "nothing else is shown to be faster" in files
    assert "disagrees" in files
    assert "processes × 2: 2.00 times, 2.00–2.00" in pure
    assert " agrees " in pure
    assert pure.endswith(" UTC")
    assert "Not here: sequential is 2.00 times as fast as threads × 4" in said.out
    assert "pure-python (2 of 2)" in said.err
    assert store.runs.count() == 2


def test_without_measuring_it_shows_what_is_kept(
    bench: Bench, store: Store, scripted: Scripted
) -> None:
    scripted(does={"threads": FASTER})
    assert bench("decide", "--only", "images").code == 0
    said = bench("decide", "--json", "--no-measure")
    plain = json.loads(said.out)
    assert plain["format"] == "speedup-lab-decisions/1"
    assert "usable CPU" in plain["machine"]
    told = {one["row"]: one for one in plain["decisions"]}
    assert list(told) == list(ROWS)
    (kept,) = store.history.page(9)
    images = told["images"]
    assert (images["run"], images["measured"]) == (kept.run.id, ["processes × 2", "threads × 2"])
    agreed = images["agreement"]
    assert (agreed["stand"], agreed["answer"]) == (
        "disagrees",
        "threads × 2: 4.00 times, 4.00–4.00",
    )
    assert any("lets the GIL go" in sentence for sentence in images["explanations"])
    assert {one["agreement"]["stand"] for one in told.values()} == {"disagrees", "not measured"}
    assert told["files"]["run"] is None


def test_a_contender_that_fails_ends_with_exit_code_1(bench: Bench, scripted: Scripted) -> None:
    scripted(does={"processes": FAILS})
    said = bench("decide", "--only", "pure-python")
    assert said.code == 1
    assert "not measured" in said.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "knitting"], "row is 'knitting': it must be one of api-calls"),
        (["--python", "3.99"], "interpreter is '3.99'"),
        (["--precision", "exact"], "Invalid value for '--precision'"),
    ],
)
def test_wrong_use_is_refused_in_a_sentence(
    bench: Bench, store: Store, arguments: list[str], told: str
) -> None:
    said = bench("decide", *arguments)
    assert said.code == 2
    assert said.err.startswith(told)
    assert store.runs.count() == 0
