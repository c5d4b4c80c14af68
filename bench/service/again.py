"""Going on with a run that has ended: more rounds of the same plan, on the same machine."""

from bench.errors import Refused
from bench.measure.host.environment import environment
from bench.measure.host.known import Known, known_interpreters
from bench.samples import Run


def check_goes_on(run: Run, known: Known = known_interpreters) -> None:
    """Raises Refused if more rounds would not belong to those that the run has."""
    if run.active:
        raise Refused("run", run.state, "one that has ended", "it goes on already")
    if run.imported:
        raise Refused("run", run.origin, "one that was measured here", "measure its plan anew")
    if not run.samples:
        raise Refused("run", run.state, "one that has rounds", "measure its plan anew")
    before = run.environment.get("fingerprint")
    now = environment(run.plan.interpreters, known)["fingerprint"]
    if before != now:
        raise Refused(
            "environment",
            now,
            f"{before}, on which its rounds were measured",
            "measure its plan anew",
        )
