"""The table that a run of the benchmarks leaves: as Markdown for people, as JSON for programs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.analysis.words import digits, seconds
from benchmarks.rows import Bound, Row

HEAD = ("part", "what", "lab", "peer", "figure", "value (95% interval)", "n", "bound", "kept")

LEGEND = """\
Both sides of a row were measured in turn, in an order shuffled by a seed, in fresh processes; `lab`
and `peer` are their medians. A ratio is that of the pairs, the lab's side over the other, with the
paired t interval on logarithms. A bound is *met* or *not met* only where the whole interval says
so, else it is *not resolved*; rows without a bound are there to be looked at."""


@dataclass(frozen=True)
class Done:
    """One part as it was measured: its rows, when it was begun (UTC), how long it took (s), and
    what broke it, if it was.
    """

    part: str
    about: str
    rows: tuple[Row, ...]
    begun: str
    took_s: float
    broken: str = ""


def markdown(parts: Sequence[Done], stamp: Mapping[str, Any]) -> str:
    """The whole document."""
    rows = [row for done in parts for row in done.rows]
    lines = ["# The lab, measured", "", LEGEND, "", *_machine(stamp), "", tally(rows), ""]
    lines += [_line(HEAD), _line(["---"] * len(HEAD))]
    lines += [_line([done.part, *_cells(row)]) for done in parts for row in done.rows]
    lines += ["", "| part | question | begun (UTC) | took |", "|---|---|---|---|"]
    lines += [_line([done.part, done.about, done.begun, f"{done.took_s:.0f} s"]) for done in parts]
    notes = [
        f"- {done.part}, {row.what}: {row.note}" for done in parts for row in done.rows if row.note
    ]
    broken = [f"- {done.part} broke: {done.broken}" for done in parts if done.broken]
    return "\n".join([*lines, "", *notes, *broken]).rstrip() + "\n"


def as_json(parts: Sequence[Done], stamp: Mapping[str, Any]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "environment": dict(stamp),
        "parts": [
            {
                "part": done.part,
                "about": done.about,
                "begun": done.begun,
                "took_s": done.took_s,
                "broken": done.broken or None,
                "rows": [row.as_json() for row in done.rows],
            }
            for done in parts
        ],
    }


def tally(rows: Sequence[Row]) -> str:
    """How many bounds were kept, in words."""
    counts = Counter(row.judgement for row in rows if row.judgement)
    told = [f"{counts[one]} {one}" for one in ("met", "not met", "not resolved") if counts[one]]
    return f"{len(rows)} rows" + (f", bounds: {', '.join(told)}." if told else ", no bounds.")


def _machine(stamp: Mapping[str, Any]) -> list[str]:
    cpus, system = stamp["cpus"], stamp["system"]
    packages = ", ".join(f"{name} {version}" for name, version in stamp["packages"].items())
    return [
        f"- Machine: {cpus['model']}, {cpus['usable']} usable CPUs of {cpus['logical']}, "
        f"{stamp['memory_bytes'] / 2**30:.0f} GiB, {system['name']} {system['release']}, "
        f"fingerprint {stamp['fingerprint']}",
        f"- Python: {stamp['python']['label']}",
        f"- Packages: {packages}",
        f"- Load at first: {stamp['load']:.2f}, seed {stamp['seed']}, effort {stamp['effort']:g}",
    ]


def _cells(row: Row) -> list[str]:
    value = "" if row.value is None else shown(row.value.estimate, row.unit)
    if row.value and row.value.low is not None and row.value.high is not None:
        value += f" ({shown(row.value.low, row.unit)} to {shown(row.value.high, row.unit)})"
    sides = ["", ""]
    if row.sides:
        sides = [shown(side, row.sides.unit) for side in (row.sides.lab, row.sides.peer)]
    bound = "" if row.bound is None else bound_told(row.bound, row.unit)
    count = str(row.n) if row.n else ""
    return [row.what, *sides, row.figure, value, count, bound, row.judgement or ""]


def shown(value: float, unit: str) -> str:
    """A value with its unit; seconds take the unit that suits them."""
    if unit == "s":
        return ("-" if value < 0 else "") + seconds(abs(value))
    return f"{digits(value)} {unit}".rstrip()


def bound_told(bound: Bound, unit: str) -> str:
    """A bound in words: at most 1 µs, at least 92 %, 0.98 to 1.02."""
    low, high = (None if end is None else f"{end:.3g}" for end in (bound.low, bound.high))
    if low is None:
        told = f"at most {high}"
    elif high is None:
        told = f"at least {low}"
    else:
        told = f"{low} to {high}"
    return f"{told} {unit}".rstrip()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
