"""What the service does with a job that it has claimed: measure a run, or show an experiment."""

from collections.abc import Callable
from dataclasses import replace

from bench.demonstration import Demonstration
from bench.errors import Unavailable
from bench.measure.cluster import cluster_for
from bench.measure.environment import environment
from bench.samples import Run
from bench.service.apart import gives_way
from bench.service.beating import beating
from bench.service.demonstrate import demonstrate
from bench.service.perform import perform
from bench.settings import Settings
from bench.store import Store
from bench.summaries import summarise

# How often a job is looked after: that it is alive, and whether it is to stop, in seconds.
LOOK = 0.5


def do(
    job: Run | Demonstration,
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
        ended = (
            _measured(job, store, settings, stopping, app)
            if isinstance(job, Run)
            else _shown(job, store, settings, stopping)
        )
    except Unavailable as reason:
        ended = replace(job, state="failed", error=str(reason))
    if ended.state == "stopped" and ending():
        ended = replace(ended, state="interrupted")

    def end() -> None:
        store.runs.end(job.id, ended.state, ended.error)
        summarise(store, job.id)

    return end


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
