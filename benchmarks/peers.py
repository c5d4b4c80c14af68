"""How do other people's ways to run tasks at once do on the same work?

Each peer is a program of its own (scripts/peers.py) that uses its library as its documentation has
it, with 2 workers; beside it stands the lab's executor of the same kind. Tiny tasks are given by
what one of them takes, which is nearly all overhead.
"""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.asking.plans import draft
from bench.plan import Plan
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Row, Sides
from benchmarks.scripts.peers import COLD, PACKAGES, WORKERS, WORKS
from benchmarks.session import Broken, Session, column

# For pools, and again for clusters.
SECONDS = 75.0

# Seconds of each work with the pool open, and of one with its start and stop.
Times = dict[str, float]


@dataclass(frozen=True)
class Peer:
    """A way to run tasks: its name in the script, and the lab's executor of its kind."""

    name: str
    title: str
    executor: str


POOLS = (
    Peer("threads", "ThreadPoolExecutor by hand", "threads"),
    Peer("processes", "ProcessPoolExecutor by hand", "processes"),
    Peer("pool", "multiprocessing.Pool by hand", "pool"),
    Peer("joblib", "joblib", "loky"),
    Peer("mpire", "mpire", "pool"),
)
CLUSTERS = (
    Peer("dask", "dask.bag", "dask"),
    Peer("ray", "ray", "processes"),
)


def rows(session: Session) -> Iterator[Row]:
    """Clusters take seconds to start, so pools have rounds of their own, and more of them."""
    for peers in (POOLS, CLUSTERS):
        able: list[Peer] = []
        for peer in peers:
            if reason := _missing(session, peer):
                yield Row(peer.title, "not measured", note=reason)
            else:
                able.append(peer)
        if able:
            yield from _rows(session, able)


def _rows(session: Session, able: list[Peer]) -> Iterator[Row]:
    with _lab(session, {peer.executor for peer in able}) as lab:
        sides = {f"lab {name}": side for name, side in lab.items()}
        sides |= {peer.name: partial(_by_peer, session, peer) for peer in able}
        rounds = session.rounds(sides, seconds=SECONDS)
    for work in (*WORKS, "cold"):
        for peer in able:
            mine = [times[work] for times in column(rounds, f"lab {peer.executor}")]
            theirs = [times[work] for times in column(rounds, peer.name)]
            yield _row(work, peer, mine, theirs)


def _row(work: str, peer: Peer, mine: list[float], theirs: list[float]) -> Row:
    told, sides = work, Sides(median(mine), median(theirs))
    if work == "cold":
        told = f"{COLD} with start and stop"
    elif work == "tiny":
        told, tasks = "a tiny task", WORKS[work]["count"]
        sides = Sides(sides.lab / tasks, sides.peer / tasks)
    what = f"{told}: {peer.executor} against {peer.title}"
    return Row(what, "time ratio", ratio(mine, theirs), "", len(mine), sides=sides)


def _missing(session: Session, peer: Peer) -> str:
    """Why a peer cannot be measured here; empty if it can."""
    packages = PACKAGES.get(peer.name, ())
    if any(importlib.util.find_spec(package.partition(".")[0]) is None for package in packages):
        return "not installed."
    try:
        _by_peer(session, peer)
    except Broken as broken:
        return f"it does not run here: {broken}."
    return ""


def _by_peer(session: Session, peer: Peer) -> Times:
    return session.told("-m", "benchmarks.scripts.peers", peer.name)


@contextmanager
def _lab(session: Session, executors: set[str]) -> Iterator[dict[str, Callable[[], Times]]]:
    """The lab's executors by name; each call has a trial of every work."""
    with ExitStack() as stack:
        trials = {
            work: stack.enter_context(lab_sides(_plan(session, work, executors))) for work in WORKS
        }

        def once(executor: str) -> Times:
            samples = {work: trials[work][f"{executor} × {WORKERS}"]() for work in WORKS}
            warm = {work: sample.warm_s for work, sample in samples.items()}
            return warm | {"cold": samples[COLD].cold_s or 0.0}

        yield {executor: partial(once, executor) for executor in executors}


def _plan(session: Session, work: str, executors: set[str]) -> Plan:
    return draft(
        work,
        executors={executor: {} for executor in sorted(executors)},
        workers=[WORKERS],
        parameters=WORKS[work],
        seed=session.seed,
        ceiling=False,
    )
