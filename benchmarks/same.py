"""How often does the lab see a difference where there is none?

Runs of sequential work against itself: the control that every run has, and a contender that is the
same once more. Either verdict other than "no difference shown" is false. The runs are quick ones,
which end as soon as their intervals are narrow enough.
"""

from collections import Counter
from collections.abc import Iterator

from bench.analysis.results import results
from bench.plan import Contender, Plan, this_interpreter
from benchmarks.estimates import share
from benchmarks.lab import lab_run
from benchmarks.rows import Bound, Row
from benchmarks.session import Session

# Per cent of the verdicts.
BOUND = Bound(high=5.0)

RUNS = 40
LIMIT = 20_000
BUDGET = 4.0


def rows(session: Session) -> Iterator[Row]:
    names = ("control", "sequential again")
    false: Counter[str] = Counter()
    runs = session.times(RUNS)
    for number in range(runs):
        run = lab_run(_plan(session.seed + number))
        false.update(
            result.contender.name
            for result in results(run)
            if result.warm and result.warm.verdict != "no difference shown"
        )
    total = share(sum(false.values()), runs * len(names))
    told = ", ".join(f"{name} {false[name]} of {runs}" for name in names)
    yield Row(
        "verdicts on identical work", "false", total, "%", runs * len(names), BOUND, note=told
    )


def _plan(seed: int) -> Plan:
    """Sequential work against itself: more than anybody could draft."""
    again = Contender("sequential again", "sequential", 1, {}, this_interpreter())
    return Plan("primes", {"limit": LIMIT}, (again,), "quick", BUDGET, seed)
