"""What does the lab add to each task, over the same library with the same chunks?

10,000 tasks that add one, at 2 workers. Either side of a row has its own pool in the same process,
and their passes take turns. A pool may be a little faster than its twin for as long as it lives, so
what is counted is processes, half of which open the lab's pool first.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.analysis.intervals import geometric
from benchmarks.estimates import added, ratio
from benchmarks.rows import Bound, Row, Sides
from benchmarks.scripts.dispatch import TASKS
from benchmarks.session import Session

# The lab's own rule, in microseconds a task.
BOUND = Bound(high=1.0)

PROCESSES = 6

# One process's passes, of one side.
Passes = dict[str, list[float]]


@dataclass(frozen=True)
class Case:
    """A way to run tasks, how they are cut, and the seconds to spend in each process."""

    name: str
    chunk: str
    seconds: float


# One by one, a pass takes a hundred times as long as in chunks.
CASES = (
    Case("sequential", "one", 0.3),
    Case("threads", "many", 0.3),
    Case("threads", "one", 2.0),
    Case("processes", "many", 0.3),
    Case("processes", "one", 3.5),
    Case("pool map", "many", 0.3),
    Case("pool map", "one", 2.0),
    Case("pool imap", "many", 0.3),
    Case("pool imap", "one", 2.0),
    Case("pool imap_unordered", "many", 0.4),
    Case("pool imap_unordered", "one", 3.0),
)


def rows(session: Session) -> Iterator[Row]:
    for case in CASES:
        found = [_passes(session, case, number) for number in range(PROCESSES)]
        for peer in sorted(found[0].keys() - {"lab"}):
            yield _row(case, peer, found)


def _row(case: Case, peer: str, found: list[Passes]) -> Row:
    ratios = [ratio(passes["lab"], passes[peer]).estimate for passes in found]
    lab, theirs = (
        median(seconds for passes in found for seconds in passes[side]) for side in ("lab", peer)
    )
    return Row(
        f"{case.name}, chunk {case.chunk}" + (", theirs in any order" if "any" in peer else ""),
        "added a task",
        added(geometric(ratios), 1e6 * theirs / TASKS),
        "µs",
        len(ratios),
        BOUND,
        Sides(lab, theirs),
    )


def _passes(session: Session, case: Case, number: int) -> Passes:
    request = {
        "name": case.name,
        "chunk": case.chunk,
        "seconds": case.seconds * session.effort,
        "seed": session.seed + number,
        "lab_first": number % 2 == 0,
    }
    return session.told("-m", "benchmarks.scripts.dispatch", json.dumps(request))
