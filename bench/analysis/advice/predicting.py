"""What each way to run a profiled task would take: a model, to be checked by a run.

    profile ──► lengths, what is held, what is sent ──► a pool, simulated ──► seconds ──► gain

Nothing here was fitted to particular work: what starting and handing over cost was measured with
tasks that do nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bench.analysis.advice.gil import COMPUTES, Gil
from bench.analysis.advice.situation import DISPATCH_S
from bench.analysis.pool_model import Pool, seconds
from bench.executors.chunks import chunk_size
from bench.forms import Value
from bench.profiles import Parcel, Profile

# What starting a pool and stopping it takes, in all and for each worker, in seconds, by how its
# workers start; and what handing over a chunk takes.
STARTS: Mapping[str, tuple[float, float]] = {
    "threads": (0.0005, 0.0001),
    "asyncio": (0.001, 0.0),
    "fork": (0.02, 0.012),
    "forkserver": (0.1, 0.03),
    "spawn": (0.1, 0.15),
    "interpreters": (0.05, 0.06),
}
HANDING: Mapping[str, float] = {
    "threads": 25e-6,
    "asyncio": 20e-6,
    "processes": DISPATCH_S,
    "pool": 50e-6,
    "interpreters": DISPATCH_S,
    "hybrid": DISPATCH_S,
}

# What goes through a pipe in a second, in bytes, beside writing and reading it.
RATE = 1e9

# Worker counts to choose from for what waits; the fewest that come so near to the best are taken.
MANY, NEAR = (2, 4, 8, 16, 32, 64), 0.95

# Cutting into fewer chunks is worth an option if it gains so much.
WORTH_AN_OPTION = 1.1

SENDING = ("processes", "pool", "interpreters", "hybrid")


@dataclass(frozen=True)
class Way:
    """One way to run all tasks: what it would take (seconds, its start included) and gain."""

    executor: str
    workers: int
    seconds: float
    gain: float
    options: Mapping[str, Value] = field(default_factory=dict)
    start_s: float = 0.0

    @property
    def name(self) -> str:
        return (
            self.executor if self.executor == "sequential" else f"{self.executor} × {self.workers}"
        )


def sequential(profile: Profile) -> Way:
    """Doing without any pool: what the others gain over."""
    return Way("sequential", 1, profile.whole_s, 1.0)


def ways(profile: Profile, gil: Gil, able: Collection[str], *, again: bool) -> Iterator[Way]:
    """The best that each executor would do, of those that are `able`.

    If the pool is used `again` and again, its start does not count.
    """
    for executor in ("threads", "asyncio", *SENDING):
        if executor in able and barred(profile, executor) is None:
            yield _best(profile, gil, executor, again=again)


def barred(profile: Profile, executor: str) -> str | None:
    """Why a profiled task cannot run under an executor, in a sentence; None if it can."""
    if executor == "threads" and profile.unthreaded:
        return profile.unthreaded
    if executor == "asyncio" and profile.coroutine is None:
        return "It has no asynchronous form."
    if executor == "hybrid" and (profile.stages is None or profile.stages.between is None):
        return "It has no two stages that could be shared out."
    if executor == "interpreters" and profile.libraries:
        return f"Sub-interpreters cannot load {' or '.join(profile.libraries)}."
    if executor in SENDING and profile.unsent:
        return f"Other processes cannot be sent {profile.unsent}."
    return None


def _best(profile: Profile, gil: Gil, executor: str, *, again: bool) -> Way:
    """The fewest workers that come near to the best number of them, with the chunks to use."""
    found = [
        _way(profile, gil, executor, workers, again=again) for workers in _counts(profile, executor)
    ]
    best = min(way.seconds for way in found)
    way = next(one for one in found if best >= NEAR * one.seconds)
    if executor in ("processes", "pool", "interpreters"):
        even = _way(profile, gil, executor, way.workers, chunk="even", again=again)
        if even.seconds * WORTH_AN_OPTION < way.seconds:
            return even
    return way


def _counts(profile: Profile, executor: str) -> list[int]:
    usable = max(2, profile.usable)
    if profile.busy > COMPUTES and executor != "hybrid":
        return [usable]
    most = 16 if executor in ("processes", "pool", "interpreters") else max(MANY)
    return sorted({count for count in (*MANY, usable) if count <= min(most, max(2, profile.tasks))})


def _way(
    profile: Profile, gil: Gil, executor: str, workers: int, *, chunk: str = "many", again: bool
) -> Way:
    pool, least_s = _pool(profile, gil, executor, workers, chunk)
    start_s = _start_s(profile, executor, workers)
    whole = max(seconds(pool, workers), least_s) + (0.0 if again else start_s)
    options: dict[str, Value] = {} if chunk == "many" else {"chunk": chunk}
    if executor == "hybrid":
        options["processes"] = max(2, profile.usable)
    return Way(executor, workers, whole, profile.whole_s / whole, options, start_s)


def _start_s(profile: Profile, executor: str, workers: int) -> float:
    if executor in ("processes", "pool", "hybrid"):
        in_all, each = STARTS[profile.start_method]
        count = max(2, profile.usable) if executor == "hybrid" else workers
        return in_all + each * count
    in_all, each = STARTS[executor]
    return in_all + each * workers


def _pool(
    profile: Profile, gil: Gil, executor: str, workers: int, chunk: str
) -> tuple[Pool, float]:
    """The pool to simulate, and what all tasks take at least because of what they share."""
    at_once = max(1, profile.usable) if profile.busy > COMPUTES else None
    pool = Pool(profile.lengths, profile.tasks, chunk, HANDING[executor], at_once=at_once)
    shared = profile.busy_s / max(1, profile.usable)
    if executor == "threads":
        return pool, profile.tasks * max(gil.held_s, shared)
    if executor == "asyncio":
        return _on_a_loop(profile, pool)
    if executor == "hybrid":
        return _in_stages(profile, pool)
    size = chunk_size(chunk, profile.tasks, workers)
    parent_s, worker_s = _sending_s(profile.item, profile.result)
    pool = replace(
        pool,
        dispatch_s=HANDING[executor] + size * parent_s,
        handling_s=size * worker_s,
    )
    return pool, profile.tasks * (shared + worker_s / max(1, profile.usable))


def _sending_s(there: Parcel | None, back: Parcel | None) -> tuple[float, float]:
    """What a task's way there and back takes the side that hands over, and the worker."""
    parcels = [one for one in (there, back) if one]
    through = sum(one.size for one in parcels) / RATE
    parent = (there.write_s if there else 0.0) + (back.read_s if back else 0.0)
    worker = (there.read_s if there else 0.0) + (back.write_s if back else 0.0)
    return parent + through, worker


def _on_a_loop(profile: Profile, pool: Pool) -> tuple[Pool, float]:
    """Coroutines on one thread: what they compute is done one after another, all else at once."""
    form = profile.coroutine
    assert form
    count = form.together.count
    once = sum(form.together.together_s) / len(form.together.together_s)
    # Many at once that take much longer than one do something one after another.
    held_s = once / count if once > 2 * form.task_s else form.cpu_s
    lengths = tuple(length * form.task_s / profile.task_s for length in profile.lengths)
    return replace(pool, tasks=lengths, chunk="one", at_once=None), profile.tasks * held_s


def _in_stages(profile: Profile, pool: Pool) -> tuple[Pool, float]:
    """Threads that wait, processes that compute: whichever of the two takes longer."""
    stages = profile.stages
    assert stages
    parent_s, worker_s = _sending_s(stages.between, profile.result)
    handing = HANDING["hybrid"] + parent_s
    lengths = tuple(length * stages.wait_s / profile.task_s for length in profile.lengths)
    computing = profile.tasks * (stages.compute_cpu_s + worker_s) / max(1, profile.usable)
    handed = profile.tasks * (stages.wait_cpu_s + handing)
    return (
        replace(pool, tasks=lengths, chunk="one", dispatch_s=25e-6, at_once=None),
        max(computing, handed) + stages.compute_s,
    )
