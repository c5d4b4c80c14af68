"""Are the pages as fast as an empty app's, and do they need as little memory?

The empty app is one title, under the same settings of Streamlit. Both are visited over websockets
that speak Streamlit's own messages: a page is there when its script has run, which is all that a
visitor waits for but network and browser.
"""

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count as numbers
from pathlib import Path
from statistics import median

from bench.analysis.intervals import geometric
from bench.samples import Run
from bench.store import Store
from benchmarks.app import App, free_port, running_app
from benchmarks.estimates import ratio
from benchmarks.history import fill
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import Session, column
from benchmarks.viewing import store_of
from benchmarks.visiting import Visitors, visitors
from tests.factory import a_run, costing, traced

# An app of the least that there can be, and the lab: in a data folder that it knows, or a new one.
EMPTY, LAB = "benchmarks/scripts/empty.py", "app.py"

# The lab over the empty app; a page, and the Result of a large run, in milliseconds.
START, MEMORY = Bound(high=1.3), Bound(high=1.5)
CHANGE, LARGE = Bound(high=300.0), Bound(high=500.0)

STARTS_S, MEMORIES_S = 150.0, 100.0
VISITORS, RUNS, CHANGES, CONTENDERS = 50, 200, 10, 40

PAGES = (
    *("lab", "history", "compare", "result", "tour"),
    *("choose", "pitfalls", "patterns", "machine"),
)

_folders = numbers()


def rows(session: Session) -> Iterator[Row]:
    yield from _starts(session)
    yield from _changes(session)
    yield from _memory(session)


def _starts(session: Session) -> Iterator[Row]:
    known = _folder(session)
    _start(session, LAB, known)
    sides = {
        "empty": lambda: _start(session, EMPTY, _folder(session)),
        "lab": lambda: _start(session, LAB, known),
        "new": lambda: _start(session, LAB, _folder(session)),
    }
    rounds = session.rounds(sides, seconds=STARTS_S)
    empty = column(rounds, "empty")
    for name, what in (
        ("lab", "from the app's start to its first page"),
        ("new", "from the first start on a machine to the first page"),
    ):
        lab = column(rounds, name)
        found, seen = ratio(lab, empty), Sides(median(lab), median(empty))
        yield Row(what, "seconds over an empty app's", found, "", len(lab), START, seen)


def _start(session: Session, script: str, folder: Path) -> float:
    """The seconds from the start of an app until a visitor has its first page."""
    port = free_port()
    with visitors(session, f"http://127.0.0.1:{port}", 1) as found:
        began = time.monotonic()
        with running_app(folder, session, script, port):
            return found.there() - began


def _memory(session: Session) -> Iterator[Row]:
    known = _folder(session)
    _start(session, LAB, known)
    sides = {
        "empty": partial(_held, session, EMPTY, known),
        "lab": partial(_held, session, LAB, known),
    }
    rounds = session.rounds(sides, seconds=MEMORIES_S)
    for place, what, bound in (
        (0, "the app itself", MEMORY),
        (1, "the app and its measuring service", None),
    ):
        lab, empty = ([one[place] for one in column(rounds, name)] for name in ("lab", "empty"))
        yield Row(
            f"{VISITORS} visitors of the first page, {what}",
            "memory over an empty app's",
            ratio(lab, empty),
            "",
            len(lab),
            bound,
            Sides(median(lab), median(empty), "MiB"),
        )


def _held(session: Session, script: str, folder: Path) -> tuple[float, float]:
    """The memory (MiB) of an app that many visit, without and with what it has started."""
    with (
        running_app(folder, session, script) as app,
        visitors(session, app.url, VISITORS) as found,
    ):
        found.there()
        return app.memory(tree=False), app.memory()


def _changes(session: Session) -> Iterator[Row]:
    folder, times = _folder(session), session.times(CHANGES)
    ids = fill(folder, RUNS)
    with running_app(folder, session) as app, visitors(session, app.url, 1) as found:
        large = _large(app, times + 1)
        found.there()
        # Once each: what draws is loaded when it is first needed.
        first = {name: found.turn(name, _query(name, ids, 0)) for name in PAGES}
        found.turn("result", f"run={large[-1]}")
        waits = _turned(found, session, ids, times)
        looks = [found.turn("result", f"run={id_}") for id_ in large[:-1]]
        again = [found.turn("result", f"run={large[0]}") for _ in range(times)]
    for name in PAGES:
        note = f"{1e3 * first[name]:.0f} ms the first time in an app"
        yield _row(f"change to {name.capitalize()}, {RUNS} runs", waits[name], CHANGE, note)
    what = f"Result of {CONTENDERS} contenders"
    yield _row(f"{what}, looked at first", looks, LARGE)
    yield _row(f"{what}, looked at again", again, LARGE)


def _row(what: str, waits: Sequence[float], bound: Bound, note: str = "") -> Row:
    value = geometric([1e3 * wait for wait in waits])
    return Row(what, "server time", value, "ms", len(waits), bound, note=note)


def _turned(
    found: Visitors, session: Session, ids: Sequence[str], times: int
) -> Mapping[str, list[float]]:
    """The seconds of each change to each page, in shuffled order: never twice to the same runs."""
    rng, waits = random.Random(session.seed), defaultdict(list)
    for number in range(1, times + 1):
        for name in rng.sample(PAGES, len(PAGES)):
            waits[name].append(found.turn(name, _query(name, ids, number)))
    return waits


def _query(name: str, ids: Sequence[str], number: int) -> str:
    """What an address names besides its page: runs that no other number stands for."""
    one, other = ids[2 * number % len(ids)], ids[(2 * number + 1) % len(ids)]
    return {"result": f"run={one}", "compare": f"a={one}&b={other}"}.get(name, "")


def _large(app: App, times: int) -> list[str]:
    """Runs of many contenders, with their traces, none of which is like another; their ids."""
    ways = [f"{way} × {count}" for way in ("threads", "processes") for count in range(1, 21)]
    run = traced(costing(a_run(dict.fromkeys(ways[:CONTENDERS], (3.0, 0.1)))))
    with closing(store_of(app)) as store:
        return [_kept(store, run, 200_000 + number) for number in range(times)]


def _kept(store: Store, run: Run, limit: int) -> str:
    plan = replace(run.plan, parameters={"limit": limit})
    id_ = store.runs.add(plan, "running", environment=run.environment)
    for outcome in (*run.outcomes, *run.traces):
        store.runs.keep(id_, outcome)
    store.runs.end(id_, "done")
    return id_


def _folder(session: Session) -> Path:
    return Path(session.reaper.folder) / f"pages-{next(_folders)}"
