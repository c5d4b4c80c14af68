"""The lab's side: its own trials and runs, as its service measures them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.measure.trials import trials
from bench.plan import Contender, Plan
from bench.samples import Failure, Run, Sample
from bench.service.perform import perform
from bench.settings import settings
from benchmarks.session import PATIENCE, Broken


def lab_run(plan: Plan) -> Run:
    """The plan, measured from its first round to its last. Raises Broken."""
    now = time.time()
    run = perform(
        Run("unsaved", plan, "running", now, {}, started=now),
        settings(),
        keep=lambda _: None,
        stopping=lambda: False,
    )
    if run.state != "done" or run.failures:
        told = [failure.message for failure in run.failures]
        raise Broken(" ".join([f"{plan.workload} is {run.state}.", run.error, *told]))
    return run


@contextmanager
def lab_sides(plan: Plan) -> Iterator[dict[str, Callable[[], Sample]]]:
    """The lab's trials of a plan's baseline and contenders, by name; each call measures one."""
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:

        def side(contender: Contender) -> Callable[[], Sample]:
            def once() -> Sample:
                outcome = trial(contender, 2, 0)  # the first round is traced besides
                if isinstance(outcome, Failure):
                    raise Broken(f"{contender.name}: {outcome.message}")
                return outcome

            return once

        yield {one.name: side(one) for one in plan.line_up if one.role != "control"}
