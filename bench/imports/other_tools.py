"""What runs of other tools have in common: benchmarks with times, each a contender of its own.

Such a tool measures one benchmark after the other. None is the baseline of another, no round is
shared, and most of what the lab measures beside the time is not told: it stays empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.errors import Refused
from bench.forms import Value
from bench.imports.lab_run import check_outcomes
from bench.imports.lab_shapes import CONTENDERS
from bench.naming import checked_text
from bench.plan import Contender, Plan
from bench.samples import Failure, Imported, Run, Sample

# More values of one benchmark are taken together: each sample is then the mean of several.
VALUES = 500

# The longest name of a contender, in characters; a command's end is cut off.
_NAME = 80


@dataclass(frozen=True)
class Benchmark:
    """What a tool tells of one benchmark: seconds, each the mean of so many repetitions.

    `cold` are those with the start of a pool, which only the lab's own files tell. `failure` says
    why it has no result. A lab's file tells executor, workers, options and interpreter, too.
    """

    name: str
    values: Sequence[float]
    repeats: Sequence[int]
    cold: Sequence[float] = ()
    failure: str = ""
    executor: str = ""
    workers: int = 1
    options: Mapping[str, Value] = field(default_factory=dict)
    interpreter: str = ""


def run_of(
    benchmarks: Sequence[Benchmark],
    imported: Imported,
    environment: Mapping[str, Any],
    created: float | None,
    workload: str = "",
) -> Run:
    """The run of another tool's benchmarks; one that tells no moment is of when it came."""
    if not 1 <= len(benchmarks) <= CONTENDERS:
        raise Refused("benchmarks", len(benchmarks), f"from 1 to {CONTENDERS}", "split the file")
    names = list(_names([one.name for one in benchmarks]))
    plan = Plan(
        workload=workload or imported.tool,
        parameters={},
        contenders=tuple(
            Contender(name, one.executor, one.workers, one.options, one.interpreter)
            for name, one in zip(names, benchmarks, strict=True)
        ),
        precision="",
        budget_s=0.0,
        seed=0,
        interpreters=(),
    )
    moment = imported.at if created is None else created
    pairs = list(enumerate(zip(names, benchmarks, strict=True)))
    run = Run(
        id="unsaved",
        plan=plan,
        state="done",
        created=moment,
        environment=environment,
        samples=tuple(
            sorted(
                (one for place, (name, told) in pairs for one in _samples(name, place, told)),
                key=lambda one: (one.round, one.order),
            )
        ),
        failures=tuple(
            Failure(name, 1, "exit-code", one.failure) for _, (name, one) in pairs if one.failure
        ),
        started=None if created is None else created,
        ended=moment,
        imported=imported,
    )
    check_outcomes(run)
    return run


def _names(told: Sequence[str]) -> Iterator[str]:
    """Names that are there once: on one line, not too long, numbered where two are the same."""
    taken: set[str] = set()
    for place, text in enumerate(told):
        line = " ".join(text.split())
        checked_text(f"name of benchmark {place + 1}", line, len(line))
        short = line if len(line) <= _NAME else f"{line[: _NAME - 1]}…"
        name, number = short or f"benchmark {place + 1}", 1
        while name in taken:
            number += 1
            name = f"{short} ({number})"
        taken.add(name)
        yield name


def _samples(name: str, place: int, told: Benchmark) -> Iterator[Sample]:
    if told.failure:
        return
    every = -(-len(told.values) // VALUES)
    for round_, start in enumerate(range(0, len(told.values), every or 1), start=1):
        chunk = slice(start, start + every)
        repeats = sum(told.repeats[chunk])
        pairs = zip(told.values[chunk], told.repeats[chunk], strict=True)
        yield Sample(
            contender=name,
            round=round_,
            order=place,
            cold_s=told.cold[start] if len(told.cold) == len(told.values) and every == 1 else None,
            warm_s=told.values[start]
            if every == 1
            else sum(value * times for value, times in pairs) / repeats,
            start_s=None,
            first_s=None,
            stop_s=None,
            repeats=repeats,
            cpu_user_s=None,
            cpu_system_s=None,
            trial_s=None,
        )
