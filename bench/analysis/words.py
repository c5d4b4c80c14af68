"""Results in words and figures: three significant digits, units that suit, computed verdicts."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bench.analysis.intervals import Interval
from bench.analysis.results import Mode, Reading, Result
from bench.analysis.verdicts import SMALLEST
from bench.plan import Plan, told
from bench.samples import Run
from bench.workloads import unit_of


def seconds(value: float) -> str:
    """A time with the unit that suits it: 1.23 s, 45.6 ms, 789 µs."""
    for scale, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= scale * 0.9995:
            return f"{digits(value / scale)} {unit}"
    return f"{digits(value / 1e-9)} ns"


def digits(value: float, significant: int = 3) -> str:
    """A number with that many significant digits and no exponent: 0.0123, 1.86, 15.2, 1,240."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.{significant - 1}e}")
    exponent = int(f"{abs(rounded):e}".split("e")[1])
    return f"{rounded:,.{max(0, significant - 1 - exponent)}f}"


def room(environment: Mapping[str, Any]) -> str:
    """What a run had to run on: 2 usable CPUs, and 8 Dask workers on 4 nodes; empty if not told."""
    usable = environment.get("cpus", {}).get("usable")
    told = (f"{usable} usable CPUs" if usable else "", cluster(environment))
    return " and ".join(filter(None, told))


def cluster(environment: Mapping[str, Any]) -> str:
    """The cluster that a run could use: 8 Dask workers on 4 nodes; empty without one."""
    found = environment.get("cluster")
    if not found:
        return ""
    nodes = len({node["host"] for node in found["nodes"]})
    workers = f"{found['workers']} Dask worker{'s' * (found['workers'] != 1)}"
    return f"{workers} on {nodes} node{'s' * (nodes != 1)}"


def percent(share: float, significant: int = 3) -> str:
    """A share of one: 93.1%."""
    return f"{digits(100 * share, significant)}%"


def size(count: float) -> str:
    """A number of bytes with the unit that suits it: 412 B, 1.23 kB, 45.6 MB."""
    for scale, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= scale * 0.9995:
            return f"{digits(count / scale)} {unit}"
    return f"{count:.0f} B"


def span(interval: Interval, told: Callable[[float], str] = digits) -> str:
    """An interval's ends, 1.80–1.92; empty where there are none."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{told(interval.low)}–{told(interval.high)}"


def sentence(result: Result, mode: Mode) -> str:
    """What the run shows of one contender, as one sentence."""
    name = result.contender.name[:1].upper() + result.contender.name[1:]
    reading = result.reading(mode)
    if result.error:
        return f"{name}: no result. {result.error}"
    if reading and not result.against:
        ends, name = span(reading.seconds, seconds), result.contender.name  # it may be a command
        return f"{name}: {seconds(reading.seconds.estimate)}{ends and f' ({ends})'}."
    if reading is None or reading.speedup is None:
        return f"{name}: nothing measured yet."
    if reading.speedup.low is None:
        return f"{name}: one round measured, too few for a verdict."
    return f"{name}: {_finding(reading, reading.speedup, result.against)}."


def _finding(reading: Reading, speedup: Interval, against: str) -> str:
    if reading.verdict == "no difference shown":
        return f"no difference shown ({span(speedup)}{_although(speedup)})"
    ends = f" ({span(speedup)})"
    slower = ", slower" if reading.verdict == "slower" else ""
    return f"{digits(speedup.estimate)} times as fast as {against}{ends}{slower}"


def _although(speedup: Interval) -> str:
    """Why an interval shows no difference although it leaves out 1; empty where it does not."""
    low, high = speedup.low or 0.0, speedup.high or math.inf
    nearest = max(low, 1 / high)
    if nearest <= 1:
        return ""
    if nearest <= SMALLEST:
        return f"; it may be less than {percent(SMALLEST - 1, 1)}"
    return "; too few rounds for so many comparisons"


def headline(results: Sequence[Result], mode: Mode) -> str:
    """The sentence on the fastest contender that is shown to be faster, else that none is.

    The ceiling is what the others are held against: it wins only where it runs alone.
    """
    measured = [result for result in results if result.contender.role == "contender"]
    rivals = [result for result in measured if result.contender.executor != "ceiling"]
    contenders = rivals or measured
    faster = [
        (reading.speedup.estimate, result)
        for result in contenders
        if (reading := result.reading(mode)) and reading.speedup and reading.verdict == "faster"
    ]
    if faster:
        return sentence(max(faster, key=lambda pair: pair[0])[1], mode)
    if len(contenders) == 1:
        return sentence(contenders[0], mode)
    readings = [reading for result in contenders if (reading := result.reading(mode))]
    if any(reading.speedup and reading.speedup.low is not None for reading in readings):
        return "No contender is shown to be faster than sequential."
    if any(reading.speedup for reading in readings):
        return "One round measured, too few for a verdict."
    if contenders and all(result.error for result in contenders):
        return "No contender has a result."
    alone = sum(not result.against for result in results if result.reading(mode))
    if alone:
        return f"{counted(alone, 'benchmark')} in times alone: no baseline to hold them against."
    if not contenders and any(result.reading(mode) for result in results):
        return "Only sequential work was measured."
    return "Nothing measured yet."


def counted(number: int, noun: str) -> str:
    """1 round, 2 rounds."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them: 3.11, 3.12 and 3.14t."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def lasted(seconds: float) -> str:
    """A long time, roughly: 5 minutes, 3 days; less than a minute is that."""
    for length, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= length:
            return counted(int(seconds // length), noun)
    return "less than a minute"


def work_in_words(plan: Plan) -> str:
    """A plan's work with its parameters: primes (limit 200,000)."""
    parameters = ", ".join(
        f"{name} {told(value)}{unit_of(plan.workload, name)}"
        for name, value in plan.parameters.items()
    )
    return f"{plan.workload} ({parameters})" if parameters else plan.workload


def about(run: Run) -> str:
    """What was measured, and on what, in one line."""
    plan = run.plan
    told = (work_in_words(plan), run.pythons, room(run.environment), plan.precision, run.origin)
    return " · ".join(part for part in told if part)


def moment(seconds: float) -> str:
    """A moment, given in seconds since the epoch, that reads the same everywhere."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
