"""The ways to run the work, with their options; what cannot run is shown with the reason."""

from collections.abc import Sequence

import streamlit as st

from bench.cluster_bounds import barred_by_cluster
from bench.drafting import missing_on
from bench.executors import all_executors, options_form
from bench.executors.seam import Executor
from bench.forms import Value
from bench.workloads import Workload
from pages.parts.fields import field_widget
from pages.parts.shared import cluster, plain

FIRST_CHOICE = ("threads", "processes")


def executor_form(workload: Workload, interpreters: Sequence[str]) -> dict[str, dict[str, Value]]:
    """Draw the executors; the chosen ones by name, each with its options."""
    chosen: dict[str, dict[str, Value]] = {}
    st.markdown("Ways to run it, against sequential work")
    with st.container(gap="small"):
        for name, executor in all_executors().items():
            if name != "sequential":
                reason = _reason(executor, workload, interpreters)
                if reason:
                    _barred(executor, reason)
                elif (options := _offered(executor)) is not None:
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


def _offered(executor: Executor) -> dict[str, Value] | None:
    """The options of an executor that is ticked; None if it is not."""
    with st.container(horizontal=True, vertical_alignment="center"):
        ticked = st.checkbox(
            plain(executor.title),
            value=executor.name in FIRST_CHOICE,
            key=f"executor.{executor.name}",
            persist_state="session",
        )
        if not ticked:
            return None
        form = options_form(executor)
        if not form:
            return {}
        with st.popover("Options", type="tertiary", key=f"options.{executor.name}"):
            return {
                field.name: field_widget(field, f"{executor.name}.{field.name}") for field in form
            }
