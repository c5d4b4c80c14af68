"""Does the lab's estimate vary less from run to run than pyperf's, in the same time?

`primes` one after another and by 2 processes: the lab measures both in rounds, pyperf one after the
other, three values a process as is its custom, in as many processes as the lab's time allows. What
varies is the estimate of a whole run: of the speedup, and of the sequential time. Disturbed means
that another process burns one core in bursts, the same ones for both.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

from bench.analysis.results import results
from bench.asking.plans import draft
from bench.measure.processes.groups import end_group
from benchmarks.estimates import spread, spread_ratio
from benchmarks.lab import lab_run
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import SCRIPTS, Broken, Session, column, interleaved

RUNS = {"idle": 20, "disturbed": 12}
LIMIT = 100_000
# The lab's seconds for a run: enough for 5 rounds where nobody disturbs them, and those of a quick
# run where somebody does.
BUDGETS = {"idle": 4.5, "disturbed": 10.0}

BOUNDS = {"idle": Bound(high=1.0), "disturbed": Bound(high=0.5)}

# What a run estimates, in words, and the attribute that holds it.
ESTIMATES = {"speedup": "speedup", "sequential time": "sequential_s"}


@dataclass(frozen=True)
class Estimate:
    """What one run found, and the seconds that it took."""

    speedup: float
    sequential_s: float
    took_s: float
    processes: int = 0


Pair = dict[str, Estimate]


def rows(session: Session) -> Iterator[Row]:
    for state, bound in BOUNDS.items():
        last = _pair(session, 4, session.seed, state)
        runs: list[Pair] = []
        for number in range(session.times(RUNS[state])):
            last = _pair(session, _processes(last), session.seed + number, state)
            runs.append(last)
        for what, attribute in ESTIMATES.items():
            yield _row(f"{what}, {state}", attribute, bound, runs)


def _processes(last: Pair) -> int:
    """In how many processes pyperf would have measured for as long as the lab did."""
    lab, pyperf = last["lab"], last["pyperf"]
    return max(2, round(pyperf.processes * lab.took_s / pyperf.took_s))


def _row(what: str, attribute: str, bound: Bound, runs: list[Pair]) -> Row:
    lab, pyperf = (
        [getattr(estimate, attribute) for estimate in column(runs, side)]
        for side in ("lab", "pyperf")
    )
    took = [fmean(one.took_s for one in column(runs, side)) for side in ("lab", "pyperf")]
    return Row(
        what,
        "spread ratio",
        spread_ratio(lab, pyperf),
        "",
        len(runs),
        bound,
        Sides(spread(lab), spread(pyperf), "%"),
        f"a run took {took[0]:.1f} s with the lab and {took[1]:.1f} s with pyperf.",
    )


def _pair(session: Session, processes: int, seed: int, state: str) -> Pair:
    """One run of either, in shuffled order, under the same disturbance."""
    disturber = partial(_disturbed, session, seed) if state == "disturbed" else nullcontext

    def lab() -> Estimate:
        with disturber():
            return _by_lab(seed, BUDGETS[state])

    def pyperf() -> Estimate:
        with disturber():
            return _by_pyperf(session, processes)

    return interleaved({"lab": lab, "pyperf": pyperf}, seconds=0, least=1, seed=seed)[0]


def _by_lab(seed: int, budget_s: float) -> Estimate:
    plan = draft(
        "primes",
        executors={"processes": {}},
        workers=[2],
        parameters={"limit": LIMIT},
        budget_s=budget_s,
        seed=seed,
        ceiling=False,
    )
    began = time.monotonic()
    run = lab_run(plan)
    took = time.monotonic() - began
    baseline, _, contender = (result.warm for result in results(run))
    if baseline is None or contender is None or contender.speedup is None:
        raise Broken("a run of the lab has no speedup")
    return Estimate(contender.speedup.estimate, baseline.seconds.estimate, took)


def _by_pyperf(session: Session, processes: int) -> Estimate:
    file = Path(session.reaper.folder) / "pyperf.json"
    file.unlink(missing_ok=True)
    began = time.monotonic()
    session.said(
        *("-m", "benchmarks.scripts.steadiness", str(LIMIT), "--quiet", "--output", str(file)),
        *("--processes", str(processes), "--values", "3", "--warmups", "1", "--loops", "1"),
        *("--inherit-environ", "PYTHONPATH"),
    )
    took = time.monotonic() - began
    means = {
        benchmark["metadata"]["name"]: fmean(
            value for run in benchmark["runs"] for value in run["values"]
        )
        for benchmark in json.loads(file.read_bytes())["benchmarks"]
    }
    speedup = means["sequential"] / means["processes"]
    return Estimate(speedup, means["sequential"], took, processes)


@contextmanager
def _disturbed(session: Session, seed: int) -> Iterator[None]:
    """Meanwhile another process burns one core in bursts."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPTS / "disturber.py"), str(seed)],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    session.reaper.watch(process.pid)
    try:
        assert process.stdout
        process.stdout.readline()  # it has begun
        yield
    finally:
        end_group(process, 0.0)
        session.reaper.forget(process.pid)
