"""A run's own JSON, `speedup-lab/1`: all of it but what is computed from its samples.

Its plan may name interpreters, executors, workloads, options that this lab has not: it is taken as
it was measured and never started, so none of what a draft checks is asked of it. What is checked is
what the analysis builds on: names that find each other, each trial there once, times that compare.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from bench.errors import Refused
from bench.forms import choice_of
from bench.imports.lab_shapes import RUN
from bench.plan import Plan
from bench.samples import LAB, Failure, Imported, Run, Sample, Span, Trace

FORMAT = "speedup-lab/1"

# A contender's slowest sample is no more than so many times as long as its fastest: beyond that
# there is no interval to speak of, and the numbers are not a clock's.
WIDEST = 1e6


def lab_run(plain: dict[str, Any], now: float) -> Run:
    """The run that a file of the lab's holds. Raises Refused."""
    kept = RUN(plain, "")
    plan = Plan.restored({"sweep": None, **kept["plan"], "contenders": _contenders(kept["plan"])})
    imported = kept.get("imported")
    run = Run(
        id="unsaved",
        plan=plan,
        state=kept["state"],
        created=kept["created"],
        environment=kept["environment"],
        samples=_ordered([Sample(**one) for one in kept["samples"]]),
        failures=tuple(Failure(**one) for one in kept["failures"]),
        started=kept["started"],
        ended=kept["ended"],
        error=kept["error"] or "",
        traces=tuple(_trace(one) for one in kept["traces"]),
        imported=Imported(LAB, "", now)
        if imported is None or imported["tool"] == LAB
        else Imported(imported["tool"], imported["version"], now),
    )
    _check_plan(plan)
    _check_whole(run)
    _check_environment(run)
    check_outcomes(run)
    return run


def _contenders(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"at": None, **one} for one in plan["contenders"]]


def _ordered(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    return tuple(sorted(samples, key=lambda one: (one.round, one.order)))


def _trace(plain: dict[str, Any]) -> Trace:
    return Trace(**{**plain, "spans": tuple(Span(*span) for span in plain["spans"])})


def _check_plan(plan: Plan) -> None:
    _check_once("plan.interpreters", plan.interpreters)
    values = plan.sweep.values if plan.sweep else (None,)
    for place, one in enumerate(plan.contenders):
        where = f"plan.contenders[{place}]"
        if plan.interpreters and one.interpreter not in plan.interpreters:
            raise Refused(f"{where}.interpreter", one.interpreter, choice_of(plan.interpreters))
        if one.at not in values:
            told = [str(each) for each in values if each is not None]
            raise Refused(f"{where}.at", one.at, choice_of(told) if told else "null")
    if plan.sweep:
        _check_once("plan.sweep.values", plan.sweep.values)
        if plan.sweep.of == "parameter" and plan.sweep.name in plan.parameters:
            raise Refused("plan.parameters", plan.sweep.name, "without it", "it is swept")
    _check_once("plan.contenders", [one.name for one in plan.line_up])


def _check_once(where: str, values: Collection[object]) -> None:
    twice = [one for place, one in enumerate(values) if one in list(values)[:place]]
    if twice:
        raise Refused(where, twice[0], "there once", "remove the second one")


def _check_whole(run: Run) -> None:
    """Only what another tool measured may lack what the lab always measures."""
    if run.imported and run.imported.tool != LAB:
        return
    if not run.plan.has_baseline:
        raise Refused("plan.interpreters", "empty", "at least one")
    if not run.plan.precision:
        raise Refused("plan.precision", "", "given")
    for place, sample in enumerate(run.samples):
        for name in ("cold_s", "start_s", "first_s", "stop_s", "cpu_user_s", "cpu_system_s"):
            if getattr(sample, name) is None:
                raise Refused(f"samples[{place}].{name}", None, "a number")
        if sample.trial_s is None:
            raise Refused(f"samples[{place}].trial_s", None, "a number")


def _check_environment(run: Run) -> None:
    stamped = run.environment.get("interpreters", {})
    if not run.environment.get("cluster"):
        return
    for one in run.plan.contenders:
        if one.executor != "dask":
            continue
        if "version" not in stamped.get(one.interpreter, {}):
            raise Refused(f"environment.interpreters.{one.interpreter}", "missing", "given")
        if "distributed" not in run.environment.get("packages", {}):
            raise Refused("environment.packages.distributed", "missing", "given")


def check_outcomes(run: Run) -> None:
    """Raises Refused where trials are not those of the plan, or times are not a clock's."""
    names = {one.name for one in run.plan.line_up}
    for kind, told in (
        ("samples", [one.contender for one in run.samples]),
        ("failures", [one.contender for one in run.failures]),
        ("traces", [one.contender for one in run.traces]),
    ):
        for place, name in enumerate(told):
            if name not in names:
                known = "one of the plan's contenders, its baselines or its control"
                raise Refused(f"{kind}[{place}].contender", name, known)
    _check_distinct("samples", [(one.contender, one.round) for one in run.samples])
    _check_distinct("samples", [(one.round, one.order) for one in run.samples])
    _check_distinct("traces", [one.contender for one in run.traces])
    _check_clock(run.samples)
    for place, trace in enumerate(run.traces):
        if any(span.end < span.start for span in trace.spans):
            raise Refused(f"traces[{place}].spans", "one that ends first", "ones that start first")


def _check_distinct(where: str, keys: Sequence[object]) -> None:
    if len(set(keys)) < len(keys):
        twice = Counter(keys).most_common(1)[0][0]
        raise Refused(where, twice, "there once", "remove the second one")


def _check_clock(samples: Sequence[Sample]) -> None:
    each: dict[tuple[str, str], list[float]] = defaultdict(list)
    for sample in samples:
        each[sample.contender, "warm_s"].append(sample.warm_s)
        if sample.cold_s is not None:
            each[sample.contender, "cold_s"].append(sample.cold_s)
    for (contender, name), times in each.items():
        if max(times) > WIDEST * min(times):
            raise Refused(
                f"{name} of {contender}",
                f"from {min(times):g} to {max(times):g} s",
                f"within a factor of {WIDEST:,.0f}",
            )
