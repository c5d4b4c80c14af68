"""A run as CSV: what is in it, and that nothing in it is a formula."""

import csv
import io

import pytest

from bench.analysis.results import results
from bench.exports.csv_run import contenders_csv, samples_csv
from bench.samples import Run
from tests.exports.hostile import a_hostile_run
from tests.factory import a_run, a_sweep, disturbed


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_there_is_a_row_for_each_sample_with_all_that_was_measured() -> None:
    run = disturbed(a_run(rounds=8), {3: 0.4})
    rows = read(samples_csv(run))
    assert [float(row["warm_s"]) for row in rows] == [one.warm_s for one in run.samples]
    assert rows[0].keys() >= run.samples[0].as_json().keys()
    assert {row["round"] for row in rows if row["used"] == "false"} == {"3"}
    assert {row["round"] for row in rows if row["disturbed"] == "true"} == {"3"}


def test_there_is_a_row_for_each_contender_with_intervals_and_verdict() -> None:
    run = a_run(failed=["threads × 1"])
    rows = {row["contender"]: row for row in read(contenders_csv(run))}
    assert list(rows) == [one.name for one in run.plan.line_up]
    found = next(one for one in results(run) if one.contender.name == "processes × 2")
    assert found.warm
    assert found.warm.speedup
    told = rows["processes × 2"]
    assert float(told["warm_speedup"]) == found.warm.speedup.estimate
    assert float(told["warm_speedup_low"]) == found.warm.speedup.low
    assert (told["warm_verdict"], told["workers"], told["error"]) == ("faster", "2", "")
    assert rows["threads × 1"]["warm_s"] == ""
    assert rows["threads × 1"]["error"] == "The trial ended with code 1."


def test_values_that_are_swept_have_a_column() -> None:
    assert {row["at"] for row in read(samples_csv(a_sweep()))} == {"1.0", "10.0", "100.0", "1000.0"}


@pytest.mark.parametrize("run", [a_run(rounds=0), a_sweep(rounds=1)])
def test_runs_that_were_cut_short_can_be_written(run: Run) -> None:
    assert len(read(samples_csv(run))) == len(run.samples)
    assert len(read(contenders_csv(run))) == len(run.plan.line_up)


def test_no_field_is_a_formula() -> None:
    run = a_hostile_run()
    for text in (samples_csv(run), contenders_csv(run)):
        fields = [field for row in read(text) for field in row.values()]
        assert any(field.startswith("'=") for field in fields)
        assert not any(field[:1] in ("=", "+", "-", "@", "\t", "\r") for field in fields)
