"""Is what `advise` recommends what a rigorous run shows to be the best?

Functions of different nature that the advice was not tuned on (benchmarks/advised). Each is
profiled, and then the recommended way is measured beside the next sensible ones and sequential
work, pools started for one use. A recommendation is wrong if anything is shown to be faster.
"""

from collections.abc import Iterator
from pathlib import Path

from bench.analysis.advice import Check, advice_of, checked
from bench.analysis.intervals import Interval
from bench.analysis.results import results
from bench.guides.advising import as_measured, want
from bench.guides.rows import able_on, plan_to_check, recommended
from bench.measure.own.work import function_work, own_work
from bench.measure.profiling import profiled
from bench.workloads import Workload, find_workload
from benchmarks.lab import lab_run
from benchmarks.rows import Bound, Row
from benchmarks.session import Broken, Session

FOLDER = Path(__file__).with_name("advised")

# Function and items, or a workload by its name, of a file each.
FUNCTIONS = (
    ("texts", "found", "documents"),
    ("texts", "tidied", "lines"),
    ("storage", "query", "queries"),
    ("storage", "gzipped", "files"),
    ("numbers", "root", "roots"),
    ("numbers", "spread", "seeds"),
    ("waits", "program", "numbers"),
    ("waits", "digests", ""),
)

# The longest that one run may take, in seconds.
SECONDS = 75.0

# Per cent of the recommendations: five of six.
BOUND = Bound(low=83.0)

# How many times as fast as what is best beside it the recommended way is.
NO_SLOWER = Bound(low=0.98)


def rows(session: Session) -> Iterator[Row]:
    checks: list[Check] = []
    for file, task, items in FUNCTIONS:
        check, row = _tried(session, _work(file, task, items))
        checks.append(check)
        yield row
    right = sum(check.held is not False for check in checks)
    yield Row(
        "recommendations that nothing is shown to beat",
        "share",
        Interval(100 * right / len(checks)),
        "%",
        len(checks),
        BOUND,
        note=", ".join(f"{check.chosen}: {check.stand}" for check in checks),
    )


def _work(file: str, task: str, items: str) -> Workload:
    path = FOLDER / f"{file}.py"
    if items:
        return function_work(f"{path}:{task}", f"{path}:{items}")
    for problem in own_work([str(path)]):
        raise Broken(problem)
    return find_workload(task)


def _tried(session: Session, work: Workload) -> tuple[Check, Row]:
    """A recommendation, held against a rigorous run."""
    wanted = want(work)
    profile = profiled(wanted)
    advice = advice_of(profile, able_on(work, wanted.interpreter))
    as_measured(work, profile, advice)
    plan = plan_to_check(
        advice,
        wanted,
        precision="rigorous",
        budget_s=SECONDS * session.effort,
        seed=session.seed,
    )
    run = lab_run(plan)
    found = results(run)
    check = checked(recommended(advice, plan), run, found, "cold")
    others = {
        one.contender.name: one.cold.speedup.estimate
        for one in found
        if one.cold and one.cold.speedup and one.contender.role != "control"
    }
    told = ", ".join(f"{name} {gain:.2f}" for name, gain in others.items())
    note = f"{advice.sentence} {check.sentence} Measured: {told}."
    row = Row(
        work.name,
        "recommended over the best beside it",
        check.margin,
        "×",
        max((one.n for one in found), default=0),
        NO_SLOWER,
        note=note,
    )
    return check, row
