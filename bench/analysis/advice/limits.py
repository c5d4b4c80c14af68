"""Whether a machine's CPUs are what bounds a gain: only what an interval of the run carries."""

from collections.abc import Sequence

from bench.analysis import words
from bench.analysis.insights import case_of
from bench.analysis.results import Result
from bench.samples import Run

# The last CPU was busy for more than this share of the time.
BUSY = 0.5


def limited(run: Run, found: Sequence[Result], name: str) -> str:
    """A sentence if a contender had all usable CPUs at work, else nothing; `found` are results."""
    result = next((one for one in found if one.contender.name == name), None)
    if result is None or result.error:
        return ""
    case = case_of(run, result)
    cpus, usable = case.cpus, case.usable
    if not usable or cpus is None or cpus.low is None or cpus.low <= usable - BUSY:
        return ""
    counted = words.counted(usable, "usable CPU")
    if usable == 1:
        return f"{case.subject} had {counted} and kept it busy: another one could gain."
    return (
        f"{case.subject} used {words.digits(cpus.estimate)} ({words.span(cpus)}) of {counted}: "
        "more CPUs could gain more."
    )
