"""What the service does with a job that it has claimed: a run, an experiment or a profile."""

from collections.abc import Callable
from dataclasses import replace

from bench.demonstration import Demonstration
from bench.errors import Unavailable
from bench.measure.host.cluster import cluster_for
from bench.measure.host.environment import environment
from bench.profiles import Profiling
from bench.samples import Run
from bench.service.apart import gives_way
from bench.service.beating import beating
from bench.service.demonstrate import demonstrate
from bench.service.perform import perform
from bench.service.profile import profile
from bench.settings import Settings
from bench.store import Store
from bench.store.kinds import Job
from bench.summaries import summarise

# How often a job is looked after: that it is alive, and whether it is to stop, in seconds.
LOOK = 0.5


def do(
    job: Job,
    store: Store,
    settings: Settings,
    ending: Callable[[], bool],
    beat: Callable[[], object],
    app: int | None = None,
) -> Callable[[], None]:
    """Do a job to its end and keep what comes of it; one cut short by `ending` is interrupted.

    `beat` says that the service is alive; `app` is the process that serves pages beside it. What
    comes back writes the job's last state: it may be the disk that ended the job, so that this must
    wait.
    """
    stop = beating(LOOK, lambda: store.queue.beat(job.id))

    def stopping() -> bool:
        beat()
        return ending() or stop()

    try:
        ended = _done(job, store, settings, stopping, app)
    except Unavailable as reason:
        ended = replace(job, state="failed", error=str(reason))
    if ended.state == "stopped" and ending():
        ended = replace(ended, state="interrupted")

    def end() -> None:
        store.runs.end(job.id, ended.state, ended.error)
        summarise(store, job.id)

    return end


def _done(
    job: Job,
    store: Store,
    settings: Settings,
    stopping: Callable[[], bool],
    app: int | None,
) -> Job:
    if isinstance(job, Run):
        return _measured(job, store, settings, stopping, app)
    if isinstance(job, Profiling):
        return _profiled(job, store, settings, stopping)
    return _shown(job, store, settings, stopping)


def _measured(
    claimed: Run,
    store: Store,
    settings: Settings,
    stopping: Callable[[], bool],
    app: int | None,
) -> Run:
    cluster = cluster_for(claimed.plan)
    stamp = environment(claimed.plan.interpreters, cluster=cluster)
    stamp["app"] = None if app is None else gives_way(app)
    run = store.runs.stamp(claimed.id, stamp) or claimed
    return perform(
        run, settings, keep=lambda outcome: store.runs.keep(run.id, outcome), stopping=stopping
    )


def _shown(
    claimed: Demonstration, store: Store, settings: Settings, stopping: Callable[[], bool]
) -> Demonstration:
    store.demonstrations.stamp(claimed.id, environment([claimed.asked.interpreter]))
    ended = demonstrate(
        claimed,
        keep=lambda event: store.demonstrations.keep(claimed.id, event),
        stopping=stopping,
        most_bytes=settings.trial_bytes,
    )
    store.demonstrations.tell(claimed.id, ended.facts, ended.output)
    return ended


def _profiled(
    claimed: Profiling, store: Store, settings: Settings, stopping: Callable[[], bool]
) -> Profiling:
    store.profiles.stamp(claimed.id, environment([claimed.wanted.interpreter]))
    ended = profile(claimed, stopping=stopping, most_bytes=settings.trial_bytes)
    store.profiles.tell(claimed.id, ended.profile, ended.output)
    return ended
