"""Whether a run may be relied on: what its warnings say against that, and what they only add."""

from dataclasses import dataclass
from typing import Any

from bench.analysis.warnings import Caution, warnings
from bench.samples import Run

# Warnings that something moved the times, that there are too few of them, or that some are missing.
# The others tell what was done about it (set-aside, measured-again), what the system does not say
# (cannot-tell), or what the plan asked for (beyond-cpus).
AGAINST = frozenset(
    {
        "unsteady",
        "disturbed",
        "throttled",
        "swapping",
        "gil-came-back",
        "contender-failed",
        "few-rounds",
        "wide-intervals",
    }
)


@dataclass(frozen=True)
class Steadiness:
    """Whether nothing speaks against a run; the reasons if something does, and other warnings."""

    steady: bool
    reasons: tuple[Caution, ...]
    noted: tuple[Caution, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "steady": self.steady,
            "reasons": [reason.as_json() for reason in self.reasons],
            "noted": [caution.as_json() for caution in self.noted],
        }


def steadiness(run: Run) -> Steadiness:
    """What may be said of a run that has ended."""
    found = warnings(run)
    reasons = [caution for caution in found if caution.code in AGAINST]
    if run.state == "failed":
        reasons.insert(0, Caution("run-failed", run.error, "Mend what it names and run it again."))
    noted = tuple(caution for caution in found if caution.code not in AGAINST)
    return Steadiness(not reasons, tuple(reasons), noted)
