"""What a run was measured with and on, as charts say it."""

from collections.abc import Sequence

from bench.analysis import words
from bench.analysis.results import Result
from bench.analysis.words import counted as counted
from bench.errors import Refused
from bench.samples import Run
from bench.workloads import find_workload


def work_of(run: Run) -> tuple[str, str]:
    """Title and kind of the workload; its name and `cpu` if it is not known here."""
    try:
        workload = find_workload(run.plan.workload)
    except Refused:
        return run.plan.workload, "cpu"
    return workload.title.removesuffix("."), workload.kind


def usable_cpus(run: Run) -> int | None:
    """How many CPUs the run could use, if that is known."""
    usable = run.environment.get("cpus", {}).get("usable")
    return usable if isinstance(usable, int) else None


def reach(run: Run) -> int | None:
    """Up to how many workers computing may gain: the usable CPUs, or a cluster's workers."""
    usable = usable_cpus(run)
    cluster = run.environment.get("cluster")
    return max(usable, cluster["workers"]) if usable and cluster else usable


def facts(run: Run, results: Sequence[Result]) -> list[str]:
    """Workload, interpreter, usable CPUs, cluster, rounds and origin: those that are known.

    Several interpreters are told by the headings of their strips.
    """
    usable, cluster = usable_cpus(run), words.cluster(run.environment)
    one = len(run.plan.interpreters) == 1
    return [
        work_of(run)[0],
        *([run.pythons] if run.pythons and one else []),
        *([counted(usable, "usable CPU")] if usable else []),
        *([cluster] if cluster else []),
        counted(max((result.n for result in results), default=0), "round"),
        *([run.origin] if run.imported else []),
    ]


def noise_told(interpreters: Sequence[str]) -> list[str]:
    """What the band behind the lines is, and where it was measured."""
    place = f" on {interpreters[0]}" if len(interpreters) > 1 else ""
    return [f"band: noise floor{place}"]


def ordinal(number: int) -> str:
    """2nd, 3rd, 4th; 11th, 21st."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number % 100 < 20 else ends.get(number % 10, 'th')}"
