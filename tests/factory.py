"""Runs made up from a seed, for tests that need a result without measuring one."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.forms import Value
from bench.plan import Contender, Plan, Sweep, spoken, this_interpreter, told
from bench.samples import ACTIVE, Failure, Run, Sample, Span, State, Trace
from bench.workloads import all_workloads

# A contender's mean times in seconds: warm, and what a cold start adds.
Times = Mapping[str, tuple[float, float]]

PROCESSES_WIN: Times = {
    "threads × 1": (3.21, 0.01),
    "threads × 2": (3.19, 0.01),
    "processes × 1": (3.26, 0.05),
    "processes × 2": (1.71, 0.07),
}

# Speedups of lines over four values: one that breaks even, and one that gains nothing.
BREAKS_EVEN: Mapping[str, Sequence[float]] = {
    "processes × 2": (0.1, 0.5, 1.5, 1.85),
    "threads × 2": (0.8, 0.95, 1.0, 1.0),
}


def a_run(
    times: Times = PROCESSES_WIN,
    *,
    workload: str = "primes",
    baseline: float = 3.17,
    rounds: int = 5,
    noise: float = 0.01,
    usable: int | None = 2,
    failed: Sequence[str] = (),
    seed: int = 1,
    state: State = "done",
    interpreters: Sequence[str] = (this_interpreter(),),
) -> Run:
    """A run with samples drawn around the given means; `failed` contenders have none.

    `noise` is the standard deviation of a sample's logarithm. Names are as in plans:
    executor × workers, options in brackets, ` on ` and an interpreter where there are several.
    """
    plan = Plan(
        workload,
        _parameters(workload),
        tuple(contender(name) for name in times if " × " in name),
        "standard",
        60.0,
        seed,
        rounds,
        tuple(interpreters),
    )
    means = {one.name: times.get(one.name, (baseline, 0.0)) for one in plan.line_up}
    return _measured(plan, means, rounds, noise, usable, failed, state)


def a_sweep(
    speedups: Mapping[str, Sequence[float]] = BREAKS_EVEN,
    *,
    of: str = "length",
    values: Sequence[Value] = (1.0, 10.0, 100.0, 1000.0),
    seconds: Sequence[float] = (0.001, 0.01, 0.1, 1.0),
    workload: str = "spin",
    rounds: int = 5,
    noise: float = 0.01,
    failed: Sequence[str] = (),
    state: State = "done",
    interpreters: Sequence[str] = (this_interpreter(),),
    seed: int = 1,
) -> Run:
    """A run that sweeps a parameter, or an option if the workload has no such parameter.

    `speedups` are those of each line, by value; `seconds` what sequential work takes, by value
    (the first of them where an option is swept, as it is the same work).
    """
    is_parameter = of in _parameters(workload)
    sweep = Sweep(of, "parameter" if is_parameter else "option", tuple(values))
    work = dict(zip(values, seconds, strict=False)) if is_parameter else {}
    line_up = [
        (at, gain, replace(one, name=f"{line} at {spoken(of)} {told(at)}", at=at))
        for line, gains in speedups.items()
        for one in [contender(line)]
        for at, gain in zip(values, gains, strict=True)
    ]
    plan = Plan(
        workload,
        {name: value for name, value in _parameters(workload).items() if name != of},
        tuple(one for _, _, one in line_up),
        "standard",
        60.0,
        seed,
        rounds,
        tuple(interpreters),
        sweep,
    )
    means = {one.name: (work.get(one.at or 0, seconds[0]), 0.0) for one in plan.line_up}
    means |= {one.name: (work.get(at, seconds[0]) / gain, 0.001) for at, gain, one in line_up}
    return _measured(plan, means, rounds, noise, 2, failed, state)


def _measured(
    plan: Plan,
    means: Times,
    rounds: int,
    noise: float,
    usable: int | None,
    failed: Sequence[str],
    state: State,
) -> Run:
    """A run of the plan: samples around the means (warm, and what a cold start adds)."""
    rng = random.Random(plan.seed)
    samples = tuple(
        _sample(one.name, round_, order, *means[one.name], rng.lognormvariate(0, noise))
        for round_ in range(1, rounds + 1)
        for order, one in enumerate(plan.line_up)
        if one.name not in failed
    )
    cpus = {} if usable is None else {"cpus": {"usable": usable}}
    labels = {host: {"label": _label(host)} for host in plan.interpreters}
    created = 1_700_000_000.0
    took = sum(sample.trial_s or 0.0 for sample in samples)
    return Run(
        id=f"made-up-{plan.seed}",
        plan=plan,
        state=state,
        created=created,
        environment={"interpreters": labels, **cpus},
        samples=samples,
        failures=tuple(
            Failure(name, 1, "crashed", "The trial ended with code 1.") for name in failed
        ),
        started=None if state == "queued" else created,
        ended=None if state in ACTIVE else created + took,
    )


def _label(host: str) -> str:
    version = host.removesuffix("t")
    return f"CPython {version}.7 {'without' if version != host else 'with'} the GIL"


def _parameters(workload: str) -> dict[str, Value]:
    known = all_workloads().get(workload)
    return known.parameters({}) if known else {}


def contender(name: str) -> Contender:
    """The contender that a name such as `processes × 4 (spawn, chunk 1)` stands for."""
    executor, _, rest = name.partition(" × ")
    rest, _, interpreter = rest.partition(" on ")
    workers, _, bracket = rest.partition(" (")
    options: dict[str, int | float | str | bool] = {
        f"option {index}": option
        for index, option in enumerate(bracket.removesuffix(")").split(", "))
        if option
    }
    return Contender(name, executor, int(workers), options, interpreter or this_interpreter())


def _sample(name: str, round_: int, order: int, warm: float, extra: float, factor: float) -> Sample:
    return Sample(
        contender=name,
        round=round_,
        order=order,
        cold_s=(warm + extra) * factor,
        warm_s=warm * factor,
        start_s=extra * factor * 0.7,
        first_s=warm * factor,
        stop_s=extra * factor * 0.3,
        repeats=1,
        cpu_user_s=warm * factor,
        cpu_system_s=0.01,
        trial_s=(2 * warm + extra) * factor + 0.1,
        answer="17984",
        warm_cpu_s=warm * factor,
        gil=True,
        foreign_share=0.0,
        steal_share=0.0,
    )


def disturbed(
    run: Run, shares: Mapping[int, float], *, slow: float = 1.3, enough: bool = True
) -> Run:
    """The run, in some rounds of which others took those shares of the CPUs: it was so slow.

    The others are `enough` for the estimates, or the plan asks for as many rounds as there are.
    """
    samples = [
        replace(
            sample,
            warm_s=slow * sample.warm_s,
            cold_s=slow * (sample.cold_s or 0.0),
            foreign_share=shares[sample.round],
        )
        if sample.round in shares
        else sample
        for sample in run.samples
    ]
    rounds = {sample.round for sample in run.samples}
    plan = replace(run.plan, rounds=len(rounds) - (len(shares) if enough else 0))
    return replace(run, plan=plan, samples=tuple(samples))


def costing(run: Run, *, told: bool = True) -> Run:
    """The run with CPU seconds of warm passes: those of the baseline, and a little overhead.

    Not `told`: as on a system that tells neither CPU seconds nor what others did.
    """
    rng = random.Random(run.plan.seed)
    first = run.plan.line_up[0].name
    baseline = {one.round: one.warm_s for one in run.samples if one.contender == first}
    samples = [
        replace(
            sample,
            warm_cpu_s=baseline.get(sample.round, 1.0) * rng.uniform(1.0, 1.05),
            voluntary=rng.randrange(5, 50),
            involuntary=rng.randrange(5, 50),
        )
        if told
        else replace(sample, warm_cpu_s=None, foreign_share=None, steal_share=None)
        for sample in run.samples
    ]
    return replace(run, samples=tuple(samples))


def traced(run: Run, *, tasks: int = 24, kept: int = 2_000, staged: bool = False) -> Run:
    """The run with a trace of each contender that has samples, but for the control.

    Threads share one CPU and processes have one each; coroutines overlap on one thread. If the
    tasks are more than `kept`, every second one has spans, or every third one, and so on.
    """
    measured = {sample.contender for sample in run.samples}
    return replace(
        run,
        traces=tuple(
            _trace(one, tasks, kept, staged, random.Random(f"{run.plan.seed} {one.name}"))
            for one in run.plan.line_up
            if one.role != "control" and one.name in measured
        ),
    )


def _trace(one: Contender, tasks: int, kept: int, staged: bool, rng: random.Random) -> Trace:
    """Tasks that the worker takes which is free first; those of a hybrid compute in a process."""
    workers = 1 if one.executor == "sequential" else min(one.workers, tasks)
    slower = workers if one.executor == "threads" else 1
    coroutines, hybrid = one.executor == "asyncio", one.executor == "hybrid"
    free, computing = [0.0] * workers, [0.0] * 2
    spans: list[Span] = []
    for number in range(tasks):
        worker = free.index(min(free))
        cpu = 0.01 * rng.uniform(0.9, 1.1)
        place = 0 if coroutines else worker
        start, end = free[worker], free[worker] + cpu * slower / 0.95
        told = [Span(place, 0, start, end, None if coroutines else cpu)]
        if staged:
            middle = (start + end) / 2
            told = [Span(place, 0, start, middle, 0.0), Span(place, 1, middle, end, cpu / 2)]
        if hybrid:
            other = computing.index(min(computing))
            begin = max(computing[other], middle)
            computing[other] = begin + cpu
            told[1] = Span(workers + other, 1, begin, begin + cpu, cpu)
        free[worker] = told[-1].end if not hybrid else middle
        if number % -(-tasks // kept) == 0:
            spans += told
    piped = one.executor in ("processes", "pool", "hybrid")
    return Trace(
        one.name,
        max(span.end for span in spans),
        tasks,
        len({span.worker for span in spans}),
        tuple(sorted(spans, key=lambda span: span.start)),
        memory_bytes=20_000_000 + 9_000_000 * workers * piped,
        sent_bytes=120 * tasks if piped else None,
        received_bytes=90 * tasks if piped else None,
    )
