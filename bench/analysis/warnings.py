"""What a reader of a run should know before relying on it: codes, sentences, actions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.analysis.disturbance import MOST_STEAL, disturbance
from bench.analysis.results import Result, precise_enough, results
from bench.analysis.words import counted, digits, seconds
from bench.samples import Run
from bench.workloads import kind_of

NOTHING_TO_DO = "Nothing needs to be done."


@dataclass(frozen=True)
class Caution:
    """A finding with a stable code, one sentence, and what to do about it."""

    code: str
    message: str
    action: str

    @property
    def harmless(self) -> bool:
        """Whether it is but worth knowing: the lab has seen to it."""
        return self.action == NOTHING_TO_DO

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def warnings(run: Run) -> tuple[Caution, ...]:
    """All warnings on a run that has ended; none while it goes on."""
    if run.active:
        return ()
    found = results(run)
    checks = _CHECKS if run.plan.has_baseline else _OTHER_TOOLS
    return tuple(caution for check in checks for caution in check(run, found))


def _unsteady(_: Run, found: Sequence[Result]) -> Iterator[Caution]:
    controls = [result.warm for result in found if result.contender.role == "control"]
    for control in controls:
        if control and control.verdict != "no difference shown" and control.speedup:
            yield Caution(
                "unsteady",
                "Sequential work measured twice in each round came out "
                f"{digits(control.speedup.estimate)} times as fast as itself: "
                "the machine was not steady.",
                "Close other programs and run again, or choose a higher precision.",
            )
            return


def _disturbed(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    found = disturbance(run.plan, run.samples)
    if not found.disturbed:
        return
    were = "was" if len(found.disturbed) == 1 else "were"
    rounds = f"{len(found.disturbed)} of {counted(len(found.rounds), 'round')} {were} disturbed"
    others = f"others took up to {digits(100 * found.foreign_share)}% of the usable CPUs"
    if found.steal_share > MOST_STEAL:
        others += f", the hypervisor up to {digits(100 * found.steal_share)}%"
    if found.set_aside:
        yield Caution(
            "set-aside",
            f"{rounds} ({others}) and set aside: the estimates rest on the others.",
            NOTHING_TO_DO,
        )
    else:
        yield Caution(
            "disturbed",
            f"{rounds} ({others}), too many to leave out.",
            "Close what else runs on this machine, or give the run more time to find calm rounds.",
        )


def _measured_again(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    again = sum(sample.again for sample in run.samples)
    if again:
        yield Caution(
            "measured-again",
            f"{counted(again, 'trial')} that others disturbed {'was' if again == 1 else 'were'} "
            "measured again at once.",
            NOTHING_TO_DO,
        )


def _not_told(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    if run.samples and not disturbance(run.plan, run.samples).told:
        yield Caution(
            "cannot-tell",
            "This system does not tell what others did while it measured.",
            "Trust the control: if it differs from the baseline, the machine was not steady.",
        )


def _throttled(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    stopped = sum(sample.throttled_s or 0.0 for sample in run.samples)
    if stopped > 0:
        yield Caution(
            "throttled",
            f"The container's CPU quota stopped the trials for {seconds(stopped)} in all.",
            "Choose fewer workers than the quota has CPUs, or measure without a quota.",
        )


def _swapped(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    pages = sum(sample.swapped_in or 0 for sample in run.samples)
    if pages:
        yield Caution(
            "swapping",
            f"The system brought {pages:,} pages of memory back from its disk meanwhile.",
            "Choose less work or fewer workers, or close what else needs memory.",
        )


def _gil_came_back(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    without = {
        name
        for name, python in run.environment.get("interpreters", {}).items()
        if not python.get("gil", True)
    }
    with_gil = {sample.contender for sample in run.samples if sample.gil}
    back = [
        one.name for one in run.plan.line_up if one.interpreter in without and one.name in with_gil
    ]
    if back:
        yield Caution(
            "gil-came-back",
            f"A package switched the GIL on again: {', '.join(back)}.",
            "Set PYTHON_GIL=0 where the app is started, or use a package built for free threading.",
        )


def _wide(run: Run, found: Sequence[Result]) -> Iterator[Caution]:
    if _finished(found) >= 2 and not precise_enough(run):
        widths = [
            result.warm.speedup.half_width
            for result in found[1:]
            if result.warm and result.warm.speedup
        ]
        widest = max(widths, default=0)
        yield Caution(
            "wide-intervals",
            f"The widest interval is ±{digits(100 * widest)}%, more than the "
            f"±{100 * run.plan.half_width:g}% asked for.",
            "Give it more time, or more work a trial.",
        )


def _few_rounds(run: Run, found: Sequence[Result]) -> Iterator[Caution]:
    finished = _finished(found)
    if not found[0].error and finished < run.plan.least_rounds:
        rounds = "1 round was" if finished == 1 else f"{finished} rounds were"
        aside = disturbance(run.plan, run.samples).set_aside
        yield Caution(
            "few-rounds",
            f"Only {rounds} {'calm' if aside else 'finished'} of at least {run.plan.least_rounds}.",
            "Continue it when less else goes on." if aside else "Run it again to the end.",
        )


def _finished(found: Sequence[Result]) -> int:
    """How many rounds all have finished that have a result."""
    return min((result.n for result in found if not result.error), default=0)


def _beyond_cpus(run: Run, found: Sequence[Result]) -> Iterator[Caution]:
    usable = run.environment.get("cpus", {}).get("usable")
    away = "dask" if run.environment.get("cluster") else None  # a cluster has CPUs of its own
    beyond = [
        result.contender.name
        for result in found
        if usable and result.contender.workers > usable and result.contender.executor != away
    ]
    if beyond and kind_of(run.plan.workload) in ("cpu", "native"):
        yield Caution(
            "beyond-cpus",
            f"More workers than the {counted(usable, 'usable CPU')}: {', '.join(beyond)}.",
            "Computing cannot gain from them; they show what oversubscription costs.",
        )


def _failures(_: Run, found: Sequence[Result]) -> Iterator[Caution]:
    for result in found:
        if result.error:
            yield Caution(
                "contender-failed",
                f"{result.contender.name} has no result. {result.error}",
                "See what it printed, below the table.",
            )


def _cluster(run: Run) -> list[tuple[str, Mapping[str, str]]]:
    """The scheduler and the nodes of the run's cluster by name, with their versions."""
    cluster = run.environment.get("cluster")
    if not cluster:
        return []
    nodes = ((node["host"], node) for node in cluster["nodes"])
    return [("the scheduler", cluster["scheduler"]), *nodes]


def _cluster_versions(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    parts = _cluster(run)
    if not parts:
        return
    hosts = {one.interpreter for one in run.plan.contenders if one.executor == "dask"}
    packages = run.environment["packages"]
    here = {
        version
        for host in hosts
        for version in _versions(run.environment["interpreters"][host]["version"], packages)
    }
    there = {version for _, part in parts for version in _versions(part["python"], part)}
    if here != there:
        yield Caution(
            "cluster-versions",
            f"The trials have {', '.join(sorted(here))}; "
            f"the cluster has {', '.join(sorted(there))}.",
            "Start scheduler and workers with the same versions as here: what one pickles, another "
            "may not read.",
        )


def _versions(python: str, packages: Mapping[str, str]) -> tuple[str, ...]:
    """What must be alike on both sides: releases that differ only in the rest are."""
    return tuple(
        f"{name} {'.'.join(version.split('.')[:2])}"
        for name, version in (("Python", python), ("distributed", packages["distributed"]))
    )


def _cluster_code(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    odd = dict.fromkeys(name for name, part in _cluster(run) if part["lab"] == "other")
    if odd:
        yield Caution(
            "cluster-code",
            f"Another version of the lab's code is on the cluster: {', '.join(odd)}.",
            "Put the same one there and start them again: the work may differ.",
        )


def _no_baseline(run: Run, _: Sequence[Result]) -> Iterator[Caution]:
    tool = run.imported.tool if run.imported else "The tool"
    yield Caution(
        "no-baseline",
        f"{tool} measured each benchmark by itself, not in turn with the others: there are times, "
        "and no speedups.",
        "Measure the work here to hold one way of doing it against another.",
    )


_CHECKS: tuple[Callable[[Run, Sequence[Result]], Iterator[Caution]], ...] = (
    _unsteady,
    _disturbed,
    _measured_again,
    _not_told,
    _throttled,
    _swapped,
    _gil_came_back,
    _failures,
    _few_rounds,
    _wide,
    _beyond_cpus,
    _cluster_versions,
    _cluster_code,
)

# What may be said of what another tool measured.
_OTHER_TOOLS = (_no_baseline, _failures)
