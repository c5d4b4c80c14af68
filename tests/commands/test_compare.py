"""`compare A B`: in words, as JSON, as Markdown, and as an exit code for CI."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.measure.host.environment import environment
from bench.samples import Run
from bench.store import Store
from tests.commands.conftest import Bench
from tests.factory import PROCESSES_WIN, a_run

FAST = replace(a_run(noise=0.004), environment=environment())
SLOW = replace(
    a_run({**PROCESSES_WIN, "processes × 2": (1.71 * 1.1, 0.07)}, seed=2, noise=0.004),
    environment={**environment(), "lab": "0" * 12},
)
OTHER_WORK = replace(FAST, plan=replace(FAST.plan, parameters={"limit": 7}))


def kept(store: Store, *runs: Run) -> Sequence[str]:
    ids = []
    for run in runs:
        ids.append(store.runs.add(run.plan, "running", environment=run.environment))
        for sample in run.samples:
            store.runs.keep(ids[-1], sample)
        store.runs.end(ids[-1], "done")
    return ids


@pytest.fixture
def two(store: Store) -> Sequence[str]:
    """The ids of a run, and of one whose processes are a tenth slower."""
    return kept(store, FAST, SLOW)


def test_the_headline_comes_first_then_the_environments_then_the_ratios(
    bench: Bench, two: Sequence[str]
) -> None:
    said = bench("compare", *two)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("B is slower in 1 of 5 contenders. Processes × 2: 1.")
    assert lines[1].startswith("B's time over A's")
    assert lines[3].split() == ["differs", "A", two[0], "B", two[1]]
    assert lines[4].startswith("The lab's code  ")
    (first,) = [number for number, line in enumerate(lines) if line.startswith("contender ")]
    assert lines[first + 1].startswith("processes × 2  1.7")
    assert "slower" in lines[first + 1]
    assert "no difference shown" in lines[first + 2]


def test_speedups_are_compared_when_they_are_asked_for(bench: Bench, two: Sequence[str]) -> None:
    said = bench("compare", *two, "--by", "speedup").out
    assert "B's speedup is lower in 1 of 4 contenders." in said
    assert "The machine's pace cancels out." in said


@pytest.mark.parametrize(
    ("limit", "code"), [("5%", 3), ("5", 3), ("0%", 3), ("20%", 0), ("12.5%", 0)]
)
def test_ci_fails_where_a_contender_is_shown_to_be_slower_by_more(
    bench: Bench, two: Sequence[str], limit: str, code: int
) -> None:
    said = bench("compare", *two, "--fail-if-slower", limit)
    assert said.code == code
    if code:
        assert said.err.startswith("Processes × 2: 1.")
        assert said.err.endswith(f"That is more than {limit.rstrip('%')}% slower.\n")
    else:
        assert said.err == f"No contender is shown to be more than {limit} slower.\n"


def test_a_faster_run_does_not_fail(bench: Bench, two: Sequence[str]) -> None:
    assert bench("compare", *reversed(two), "--fail-if-slower", "0%").code == 0


@pytest.mark.parametrize("limit", ["", "5 percent", "-5%", "nan", "1e3%", "9999%"])
def test_what_is_no_limit_is_refused(bench: Bench, two: Sequence[str], limit: str) -> None:
    said = bench("compare", *two, "--fail-if-slower", limit)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("a number of per cent from 0 to 1,000, such as 5%.\n")


def test_ci_is_not_told_that_other_work_is_slower(bench: Bench, store: Store) -> None:
    said = bench("compare", *kept(store, FAST, OTHER_WORK), "--fail-if-slower", "5%")
    assert said.code == 2
    assert "other-parameters: The runs did other work" in said.out
    assert said.err.endswith("parameters and answers; a slower time may be other work.\n")


def test_as_json_all_ratios_are_there(bench: Bench, two: Sequence[str]) -> None:
    plain = json.loads(bench("compare", *two, "--json").out)
    assert plain["format"] == "speedup-lab-comparison/1"
    assert [plain["a"]["id"], plain["b"]["id"]] == list(two)
    assert [one["what"] for one in plain["differences"]] == ["The lab's code"]
    by_name = {one["name"]: one for one in plain["contenders"]}
    change = by_name["processes × 2"]["time"]["warm"]
    assert change["verdict"] == "slower"
    assert change["ratio"]["estimate"] == pytest.approx(1.1, rel=0.02)
    low, high = change["corrected"]
    assert low < change["ratio"]["low"] < change["ratio"]["high"] < high
    assert by_name["sequential"]["speedup"] == {"warm": None, "cold": None}


def test_as_markdown_it_can_be_a_comment(bench: Bench, two: Sequence[str]) -> None:
    lines = bench("compare", *two, "--markdown").out.splitlines()
    assert lines[0].startswith("**B is slower in 1 of 5 contenders. Processes × 2: 1.")
    (head,) = [number for number, line in enumerate(lines) if line.startswith("| contender |")]
    assert lines[head + 1] == "| --- | --- | --- | --- | --- | --- |"
    assert lines[head + 2].startswith("| processes × 2 | 1.7")
    assert lines[head + 2].endswith("| slower |")


def test_markdown_of_a_hostile_environment_is_shown_and_not_acted_on(
    bench: Bench, store: Store
) -> None:
    hostile = "x | <img src=x> [a](http://example.org) `b`\n# c"
    odd = replace(SLOW, environment={**environment(), "cpus": {"model": hostile, "usable": 2}})
    said = bench("compare", *kept(store, FAST, odd), "--markdown").out
    assert "\n# c" not in said
    assert "x \\| \\<img src=x\\> \\[a\\](http:\\//example.org) \\`b\\` \\# c" in said


def test_json_and_markdown_at_once_are_refused(bench: Bench, two: Sequence[str]) -> None:
    assert bench("compare", *two, "--json", "--markdown").code == 2


@pytest.mark.parametrize("second", ["zzz", "0123456789ab"])
def test_an_unknown_run_is_refused(bench: Bench, two: Sequence[str], second: str) -> None:
    said = bench("compare", two[0], second, "--fail-if-slower", "5%")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("must be the id of a kept run; python -m bench runs lists them.\n")
