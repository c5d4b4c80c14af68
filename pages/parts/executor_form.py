"""The ways to run the work, with their options; what cannot run is shown with the reason."""

from collections.abc import Sequence

import streamlit as st

from bench.asking.cluster_bounds import barred_by_cluster
from bench.asking.contenders import missing_on
from bench.asking.plans import wants_ceiling
from bench.executors import all_executors, options_form
from bench.executors.seam import Executor
from bench.forms import Field, Value
from bench.workloads import Workload
from pages.parts.fields import field_widget
from pages.parts.shared import cluster, plain

FIRST_CHOICE = ("threads", "processes")


def executor_form(
    workload: Workload, interpreters: Sequence[str], precision: str
) -> dict[str, dict[str, Value]]:
    """Draw the executors; the chosen ones by name, each with its options."""
    chosen: dict[str, dict[str, Value]] = {}
    st.markdown("Ways to run it, against sequential work")
    with st.container(gap="small"):
        for name, executor in all_executors().items():
            if name == "sequential":
                continue
            if reason := _reason(executor, workload, interpreters):
                _barred(executor, reason)
                continue
            options = _offered(executor, *tick(executor, workload, precision))
            if options is not None:
                chosen[name] = options
    return chosen


def _reason(executor: Executor, workload: Workload, interpreters: Sequence[str]) -> str | None:
    missing = (missing_on(host, executor) for host in interpreters)
    return (
        executor.unfit(workload)
        or next(filter(None, missing), None)
        or barred_by_cluster(executor.name, workload, cluster)
    )


def _barred(executor: Executor, reason: str) -> None:
    st.checkbox(plain(executor.title), value=False, key=f"barred.{executor.name}", disabled=True)
    st.caption(plain(reason))


def tick(executor: Executor, workload: Workload, precision: str) -> tuple[str, bool]:
    """The key of an executor's box, and whether it is ticked to begin with.

    Whether the ceiling is depends on what else is chosen: each case has a box of its own.
    """
    if executor.name != "ceiling":
        return f"executor.{executor.name}", executor.name in FIRST_CHOICE
    wanted = wants_ceiling(workload.name, precision, FIRST_CHOICE)
    return f"executor.ceiling.{'on' if wanted else 'off'}", wanted


def option_key(executor: Executor, field: Field) -> str:
    """The key of an option's widget."""
    return f"{executor.name}.{field.name}"


def _offered(executor: Executor, key: str, first: bool) -> dict[str, Value] | None:
    """The options of an executor that is ticked; None if it is not."""
    if key not in st.session_state:
        st.session_state[key] = first
    with st.container(horizontal=True, vertical_alignment="center"):
        ticked = st.checkbox(
            plain(executor.title),
            key=key,
            persist_state="session",
        )
        if not ticked:
            return None
        form = options_form(executor)
        if not form:
            return {}
        with st.popover("Options", type="tertiary", key=f"options.{executor.name}"):
            return {field.name: field_widget(field, option_key(executor, field)) for field in form}
