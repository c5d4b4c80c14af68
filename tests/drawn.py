"""Plans that hypothesis draws: any work that runs here, in any ways, with any values."""

from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from bench.asking.plans import draft
from bench.asking.sweeps import sweepable
from bench.errors import Refused
from bench.executors import all_executors, options_form
from bench.executors.seam import Executor
from bench.forms import Bound, Field, Form, OneOf, Value
from bench.plan import Plan
from bench.workloads import Workload, all_workloads


def value_of(field: Field) -> st.SearchStrategy[Value]:
    """Any value that a field takes."""
    return st.one_of([within(bound) for bound in field.bounds])


def within(bound: Bound) -> st.SearchStrategy[Value]:
    if isinstance(bound, OneOf):
        return st.sampled_from(bound.choices)
    if bound.whole:
        return st.integers(int(bound.low), int(bound.high))
    return st.floats(bound.low, bound.high)


def filling_of(form: Form) -> st.SearchStrategy[dict[str, Value]]:
    """Any filling of a form, with some fields left at their defaults."""
    return st.fixed_dictionaries({}, optional={field.name: value_of(field) for field in form})


WORKLOADS = [workload for workload in all_workloads().values() if workload.missing() is None]


def ways_to_run(workload: Workload) -> st.SearchStrategy[list[Executor]]:
    """Some executors that can run that work here."""
    ways = [one for one in all_executors().values() if one.name != "sequential"]
    fit = [one for one in ways if one.missing() is None and one.unfit(workload) is None]
    return st.lists(st.sampled_from(fit), min_size=1, max_size=3, unique_by=id)


def sweep_of(
    workload: Workload, executors: list[Executor]
) -> st.SearchStrategy[tuple[str, list[Value]]]:
    """Some values of what that work and those executors can vary."""
    return st.one_of(
        [
            st.tuples(
                st.just(field.name), st.lists(value_of(field), min_size=2, max_size=3, unique=True)
            )
            for field in sweepable(workload, executors).values()
        ]
    )


def without(values: dict[str, Value], name: str) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key != name}


def drawn_plan(data: st.DataObject, workload: Workload, **more: Any) -> Plan:
    """Any plan of that work, with what else it is drafted from; a refused one is drawn anew."""
    used = data.draw(ways_to_run(workload))
    most = min(executor.most for executor in used)
    sweep = data.draw(st.none() | sweep_of(workload, used))
    swept = sweep[0] if sweep else ""
    try:
        return draft(
            workload.name,
            executors={
                one.name: without(data.draw(filling_of(options_form(one))), swept) for one in used
            },
            workers=data.draw(st.lists(st.integers(1, most), min_size=1, max_size=5, unique=True)),
            parameters=without(data.draw(filling_of(workload.form)), swept),
            sweep=sweep,
            **more,
        )
    except Refused:
        reject()  # values that are fine each, but not with one another
