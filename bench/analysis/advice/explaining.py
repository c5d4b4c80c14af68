"""Why the textbook's advice was not the best here: only what an interval of the run carries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.costs import costs_of
from bench.analysis.insights import case_of, whys_of
from bench.analysis.results import Result
from bench.analysis.spending import Case
from bench.analysis.why import Reason
from bench.samples import Run

# Handing over is worth a sentence from this share of a task's own time on.
WORTH = 0.25

# A thread that computes all the time uses one CPU, give or take so much.
ABOUT = 0.1

# What pipes between processes carry in a second, in bytes: about, and rather more.
RATE = 1e9

# Where nothing that was measured says why.
NOT_TOLD = Reason("not-told", "What was measured does not say why.")


@dataclass(frozen=True)
class Pair:
    """The textbook's contender and the one that beat it."""

    advised: Case
    winner: Case


def disagreement(
    run: Run, found: Sequence[Result], advised: Result, winner: Result
) -> tuple[Reason, ...]:
    """Why the advised contender was beaten, in sentences; at least one."""
    pair = Pair(case_of(run, advised), case_of(run, winner))
    reasons = [reason for look in _LOOKS for reason in look(pair)]
    reasons += _copied(run, advised)
    of_both = {advised.contender.name, winner.contender.name}
    reasons += [
        reason for why in whys_of(run, found) if why.contender in of_both for reason in why.reasons
    ]
    return tuple(dict.fromkeys(reasons)) or (NOT_TOLD,)


def _too_short(pair: Pair) -> Iterator[Reason]:
    """All workers together took longer than the tasks do: the rest went into handing them over."""
    case = pair.advised
    if case.workers_are not in ("processes", "interpreters", "cluster") or not case.tasks:
        return
    at_once, tasks = min(case.workers, case.usable or case.workers), case.tasks
    extra = case.mean(
        [(at_once * mine.warm_s - other.warm_s) / other.warm_s for mine, other in case.pairs]
    )
    alone = case.mean([other.warm_s / tasks for _, other in case.pairs])
    if extra and alone and extra.low is not None and extra.low > WORTH:
        yield Reason(
            "too-short",
            f"A task takes {words.seconds(alone.estimate)} alone; handing it over and fetching its "
            f"result back cost {words.digits(extra.estimate)} times as much beside it.",
        )


def _keeps_gil(pair: Pair) -> Iterator[Reason]:
    case, cpus = pair.advised, pair.advised.cpus
    if not _native_threads(case) or not case.gil or cpus is None or cpus.high is None:
        return
    if cpus.high < 1 + ABOUT:
        yield Reason(
            "keeps-gil",
            f"{case.subject} used {words.digits(cpus.estimate)} CPUs ({words.span(cpus)}): this C "
            "code keeps the GIL.",
        )


def _lets_gil_go(pair: Pair) -> Iterator[Reason]:
    case, cpus = pair.winner, pair.winner.cpus
    if not _native_threads(case) or cpus is None or cpus.low is None or cpus.low <= 1 + ABOUT:
        return
    why = "this C code lets the GIL go" if case.gil else "there is no GIL"
    yield Reason(
        "lets-gil-go",
        f"{case.subject} used {words.digits(cpus.estimate)} CPUs ({words.span(cpus)}): {why}, and "
        "nothing is copied to threads.",
    )


def _no_gil(pair: Pair) -> Iterator[Reason]:
    case, cpus = pair.winner, pair.winner.cpus
    held = case.gil is not False or case.workers_are != "threads" or case.work == "native"
    if held or cpus is None or cpus.low is None or cpus.low <= 1 + ABOUT:
        return
    yield Reason(
        "no-gil",
        f"{case.subject} used {words.digits(cpus.estimate)} CPUs ({words.span(cpus)}): this Python "
        "has no GIL.",
    )


def _client_bound(pair: Pair) -> Iterator[Reason]:
    case, cpus = pair.advised, pair.advised.cpus
    if case.work != "io" or cpus is None or cpus.low is None or cpus.low <= 1 - 2 * ABOUT:
        return
    yield Reason(
        "client-bound",
        f"{case.subject} used {words.digits(cpus.estimate)} CPUs ({words.span(cpus)}): asking and "
        "reading the answers keeps a CPU busy, so it is not waiting that takes the time.",
    )


def _server_bound(pair: Pair) -> Iterator[Reason]:
    """Many wait, nobody computes, and still far fewer than could are answered at once."""
    case, cpus = pair.advised, pair.advised.cpus
    at_once = min(case.workers, case.tasks or case.workers)
    speedup = case.ratio(lambda trial: 1 / trial.warm_s)
    idle = cpus is not None and cpus.high is not None and cpus.high < 0.5
    if case.work == "io" and idle and speedup and (speedup.high or 0) < at_once / 2:
        yield Reason(
            "server-bound",
            f"{case.subject} could wait for {at_once} answers at once, used "
            f"{words.digits(cpus.estimate if cpus else 0)} CPUs and was "
            f"{words.digits(speedup.estimate)} times as fast: what is asked answers no faster.",
        )


def _few_cpus(pair: Pair) -> Iterator[Reason]:
    """Of two CPUs a pool gains at most one more: little is left of that after its own cost."""
    case = pair.advised
    speedup = case.ratio(lambda trial: 1 / trial.warm_s)
    several = case.workers_are in ("processes", "interpreters", "threads and processes")
    if several and case.usable and case.usable <= 2 and speedup and (speedup.high or 0) < 2:
        yield Reason(
            "few-cpus",
            f"Only {words.counted(case.usable, 'CPU')} can be used, so that nothing can be more "
            f"than {case.usable} times as fast, whatever it costs.",
        )


def _copied(run: Run, advised: Result) -> Iterator[Reason]:
    """What went through pipes, where at a usual rate it took a good share of the time."""
    for cost in costs_of(run):
        moved = (cost.sent or 0) + (cost.received or 0)
        if cost.contender == advised.contender.name and moved / RATE > WORTH * cost.warm.estimate:
            yield Reason(
                "copied",
                f"{words.size(moved)} went through pipes in each pass, to processes and back.",
            )


def _native_threads(case: Case) -> bool:
    return case.workers_are == "threads" and case.work == "native" and case.workers > 1


_LOOKS: tuple[Callable[[Pair], Iterator[Reason]], ...] = (
    _too_short,
    _keeps_gil,
    _lets_gil_go,
    _no_gil,
    _client_bound,
    _server_bound,
    _few_cpus,
)
