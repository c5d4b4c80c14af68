"""Measuring one run, for the service and the command line alike."""

import logging
from collections.abc import Callable
from dataclasses import replace

from bench.errors import Refused, Unavailable, machine_refused
from bench.measure.host.known import Known, known_interpreters
from bench.measure.rounds import Seams, measure
from bench.measure.trials import trials
from bench.samples import Failure, Run, Sample, Trace
from bench.settings import Settings

log = logging.getLogger(__name__)


def perform(
    run: Run,
    settings: Settings,
    *,
    keep: Callable[[Sample | Failure | Trace], None],
    stopping: Callable[[], bool],
    known: Known = known_interpreters,
) -> Run:
    """Measure a run; it comes back with its samples and last state. Only under the host's lock.

    What the machine refuses (processes, descriptors, disk) makes the run failed, with a sentence,
    and so does work that is no longer there.
    """
    log.info(
        "run %s begins: %s, %d contenders", run.id, run.plan.workload, len(run.plan.contenders)
    )
    kept: list[Sample | Failure] = []
    traces: list[Trace] = []

    def keep_and_count(outcome: Sample | Failure) -> None:
        keep(outcome)
        kept.append(outcome)

    def keep_trace(trace: Trace) -> None:
        keep(trace)
        traces.append(trace)

    try:
        with trials(
            run.plan,
            seconds=settings.trial_seconds,
            most_bytes=settings.trial_bytes,
            stopping=stopping,
            traced=keep_trace,
            known=known,
            dask=settings.dask,
            turn=settings.turn,
        ) as trial:
            seams = Seams(trial, keep_and_count, stopping, seconds=settings.run_seconds)
            ended = measure(run, seams)
    except (OSError, Refused, Unavailable) as error:
        log.error("run %s could not go on: %r", run.id, error)
        ended = replace(
            run,
            state="failed",
            error=machine_refused(error) if isinstance(error, OSError) else str(error),
            samples=(*run.samples, *(one for one in kept if isinstance(one, Sample))),
            failures=(*run.failures, *(one for one in kept if isinstance(one, Failure))),
        )
    log.info("run %s is %s after %d trials", run.id, ended.state, len(kept))
    return replace(ended, traces=(*run.traces, *traces))
