"""A run as CSV: a row for each sample, or one for each contender. RFC 4180, UTF-8."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from bench.analysis.disturbance import disturbance, is_disturbed
from bench.analysis.intervals import Interval
from bench.analysis.results import MODES, Result, results
from bench.exports.escaping import cell
from bench.plan import Contender
from bench.samples import Run

Row = Mapping[str, object]


def samples_csv(run: Run) -> str:
    """A row for each trial that gave a result, in the order they were taken.

    `used` is whether the estimates rest on it, `disturbed` whether others took much of the CPUs.
    """
    contenders = {one.name: one for one in run.plan.line_up}
    used = disturbance(run.plan, run.samples).used
    return _written(
        {
            "run": run.id,
            **_contender(contenders[sample.contender]),
            **sample.as_json(),
            "used": sample.round in used,
            "disturbed": is_disturbed(sample),
        }
        for sample in run.samples
    )


def contenders_csv(run: Run) -> str:
    """A row for each of the line-up, with estimates, 95% intervals and verdicts."""
    return _written({"run": run.id, **_result(result)} for result in results(run))


def _contender(one: Contender) -> Row:
    return {
        "contender": one.name,
        "role": one.role,
        "executor": one.executor,
        "workers": one.workers,
        "options": json.dumps(dict(one.options)),
        "interpreter": one.interpreter,
        "at": one.at,
    }


def _result(result: Result) -> Row:
    row: dict[str, object] = {
        **_contender(result.contender),
        "against": result.against,
        "rounds": result.n,
    }
    for mode in MODES:
        reading = result.reading(mode)
        row |= _interval(f"{mode}_s", reading.seconds if reading else None)
        row |= _interval(f"{mode}_speedup", reading.speedup if reading else None)
        row[f"{mode}_verdict"] = reading.verdict if reading else None
    return {**row, "error": result.error}


def _interval(name: str, interval: Interval | None) -> Row:
    if interval is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: interval.estimate, f"{name}_low": interval.low, f"{name}_high": interval.high}


def _written(rows: Iterable[Row]) -> str:
    each = list(rows)
    text = io.StringIO()
    columns: Sequence[str] = list(each[0]) if each else ["run"]
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: _field(value) for name, value in row.items()} for row in each)
    return text.getvalue()


def _field(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return cell(value) if isinstance(value, str) else value
