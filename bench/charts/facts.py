"""What a run was measured with and on, as charts say it."""

from collections.abc import Sequence

from bench.analysis.results import Result
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


def counted(number: int, noun: str) -> str:
    """1 round, 2 rounds."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def ordinal(number: int) -> str:
    """2nd, 3rd, 4th; 11th, 21st."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number % 100 < 20 else ends.get(number % 10, 'th')}"
