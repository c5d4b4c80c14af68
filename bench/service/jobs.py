"""What the service does with a job that it has claimed: a run, an experiment or a profile."""

from collections.abc import Callable

from bench.clock import Latest
from bench.demonstration import Demonstration
from bench.errors import Unavailable
from bench.measure.cluster import cluster_for
from bench.measure.environment import environment
from bench.profiles import Profiling
from bench.samples import Run
from bench.service.demonstrate import demonstrate
from bench.service.perform import perform
from bench.service.profile import profile
from bench.settings import Settings
from bench.store import Store
from bench.store.queue import Job
from bench.summaries import summarise

# How often a job is looked after: that it is alive, and whether it is to stop, in seconds.
LOOK = 0.5


def do(
    job: Job,
    store: Store,
    settings: Settings,
    ending: Callable[[], bool],
    beat: Callable[[], object],
) -> None:
    """Do a job to its end and keep what comes of it; one cut short by `ending` is interrupted.

    `beat` says that the service is alive.
    """
    stop = Latest(LOOK, lambda: store.queue.beat(job.id))

    def stopping() -> bool:
        beat()
        return ending() or stop()

    try:
        ended = _done(job, store, settings, stopping)
    except Unavailable as reason:
        store.runs.end(job.id, "failed", str(reason))
        return
    cut_short = ended.state == "stopped" and ending()
    store.runs.end(job.id, "interrupted" if cut_short else ended.state, ended.error)
    summarise(store, job.id)


def _done(job: Job, store: Store, settings: Settings, stopping: Callable[[], bool]) -> Job:
    if isinstance(job, Run):
        return _measured(job, store, settings, stopping)
    if isinstance(job, Profiling):
        return _profiled(job, store, stopping)
    return _shown(job, store, stopping)


def _measured(claimed: Run, store: Store, settings: Settings, stopping: Callable[[], bool]) -> Run:
    cluster = cluster_for(claimed.plan)
    stamp = environment(claimed.plan.interpreters, cluster=cluster)
    run = store.runs.stamp(claimed.id, stamp) or claimed
    return perform(
        run, settings, keep=lambda outcome: store.runs.keep(run.id, outcome), stopping=stopping
    )


def _shown(claimed: Demonstration, store: Store, stopping: Callable[[], bool]) -> Demonstration:
    store.demonstrations.stamp(claimed.id, environment([claimed.asked.interpreter]))
    ended = demonstrate(
        claimed,
        keep=lambda event: store.demonstrations.keep(claimed.id, event),
        stopping=stopping,
    )
    store.demonstrations.tell(claimed.id, ended.facts, ended.output)
    return ended


def _profiled(claimed: Profiling, store: Store, stopping: Callable[[], bool]) -> Profiling:
    store.profiles.stamp(claimed.id, environment([claimed.wanted.interpreter]))
    ended = profile(claimed, stopping=stopping)
    store.profiles.tell(claimed.id, ended.profile, ended.output)
    return ended
