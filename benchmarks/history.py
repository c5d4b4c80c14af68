"""Is the history fast with 10,000 runs, and their database small?

The runs are made up: five rounds of six contenders, a real environment and a summary each, but no
traces. A page is timed in the server, where Streamlit's own test driver runs its script: all that a
visitor waits for but network and browser.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bench.analysis.intervals import Interval, geometric
from bench.analysis.summary import summary_of
from bench.measure.host.environment import environment
from bench.settings import settings
from bench.store import Store
from benchmarks.rows import Bound, Row
from benchmarks.session import Session
from tests.factory import a_run

RUNS, A_PAGE, A_BLOCK, TIMES = 10_000, 20, 100, 20

# The lab's own rules, in milliseconds and in megabytes.
WAIT, SIZE = Bound(high=300.0), Bound(high=100.0)

WORKLOADS = ("primes", "json", "sha256", "pages")
SEEDS = range(10)


def rows(session: Session) -> Iterator[Row]:
    folder = Path(session.reaper.folder) / "history"
    count = session.times(RUNS, least=200)
    yield _size(folder, count)
    for name, query in asked(count).items():
        request = json.dumps({"query": query, "times": session.times(TIMES)})
        told = session.told("-m", "benchmarks.scripts.history", str(folder), request)
        waits = [1e3 * one for one in told["seconds"]]
        what = f"history of {count:,} runs, {name}"
        yield Row(what, "wait", geometric(waits), "ms", len(waits), WAIT)


def asked(count: int) -> Mapping[str, Mapping[str, str]]:
    """What visitors ask for, by its name, as the address has it."""
    return {
        "the first page": {},
        "the last page": {"page": str(count // A_PAGE)},
        "one workload and executor": {"workload": "primes", "executor": "threads"},
        "three words searched for": {"q": "processes primes 1.8"},
    }


def _size(folder: Path, count: int) -> Row:
    """How large a database of so many runs is."""
    fill(folder, count)
    size = sum(file.stat().st_size for file in folder.glob("lab.db*"))
    return Row(f"database of {count:,} runs", "size", Interval(size / 1e6), "MB", 1, SIZE)


def fill(folder: Path, count: int) -> list[str]:
    """Put so many runs into the database of a data folder; their ids."""
    ids: list[str] = []
    stamp = environment()
    made = [a_run(workload=name, seed=seed) for name in WORKLOADS for seed in SEEDS]
    kept = [(run, summary_of(run)) for run in made]
    here = replace(settings(), data=folder)
    with Store(here) as store:
        for first in range(0, count, A_BLOCK):
            with store.database.transaction():
                for number in range(first, min(first + A_BLOCK, count)):
                    run, summary = kept[number % len(kept)]
                    id_ = store.runs.add(run.plan, "running", f"{number % 9}", stamp)
                    for sample in run.samples:
                        store.runs.keep(id_, sample)
                    store.runs.end(id_, "done")
                    ended = store.runs.find(id_)
                    assert ended
                    store.history.keep(ended, summary)
                    ids.append(id_)
    return ids
