"""What a run was measured with and on, as charts say it."""

from collections.abc import Sequence

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


def facts(run: Run, results: Sequence[Result]) -> list[str]:
    """Workload, interpreter, usable CPUs and rounds: those that are known."""
    usable = usable_cpus(run)
    return [
        work_of(run)[0],
        *([run.pythons] if run.pythons else []),
        *([counted(usable, "usable CPU")] if usable else []),
        counted(max((result.n for result in results), default=0), "round"),
    ]
