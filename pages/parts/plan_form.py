"""The form that makes a plan: work, ways to run it, worker counts, precision."""

from collections.abc import Mapping

import streamlit as st

from bench.asking.picked import Picked, drafted
from bench.errors import Refused
from bench.exports.command import command_line
from bench.forms import Value
from bench.measure.host.known import known_by_now
from bench.plan import PRECISIONS, Plan, this_interpreter, usual_workers
from bench.settings import settings
from bench.workloads import Kind, Workload, all_workloads
from pages.parts.executor_form import executor_form
from pages.parts.fields import field_widget, fill_in
from pages.parts.form_link import tell_link, workers_key
from pages.parts.own import about_own, key_of, option
from pages.parts.script_view import script_view
from pages.parts.shared import cluster, cluster_workers, plain, usable_cpus
from pages.parts.sweep_form import sweep_form
from pages.parts.words import estimate

KINDS: dict[Kind, str] = {
    "cpu": "Python code",
    "native": "C code",
    "io": "waiting",
    "mixed": "waiting and computing",
    "tiny": "tiny tasks",
}


def plan_form() -> Plan | None:
    """Draw the form; the plan it spells, or None after saying what is wrong with it."""
    left, right = st.columns(2, gap="large")
    with left:
        workload = _workload()
        values = _parameters(workload)
        workers = _workers(workload)
        interpreters = _interpreters()
        precision = _precision()
    with right:
        executors = executor_form(workload, interpreters, precision)
    try:
        sweep = sweep_form(workload, executors)
        picked = Picked(
            workload.name,
            _but(sweep, values),
            {name: _but(sweep, options) for name, options in executors.items()},
            tuple(workers),
            tuple(interpreters),
            precision,
            (sweep[0], tuple(sweep[1])) if sweep else None,
        )
        plan = drafted(picked, cluster=cluster)
    except Refused as refusal:
        st.warning(plain(str(refusal)), icon=":material/edit:")
        return None
    tell_link(picked)
    st.caption(estimate(plan, usable_cpus()))
    if command := command_line(plan, settings().dask):
        with st.expander("The same on the command line"):
            st.code(command, language="shell")
    script_view(plan)
    return plan if workload.missing() is None else None


def _but(sweep: tuple[str, object] | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values but the one that is swept: it takes its values from there."""
    return {name: value for name, value in values.items() if not sweep or name != sweep[0]}


def _workload() -> Workload:
    known = all_workloads()
    name = st.selectbox(
        "Work",
        list(known),
        format_func=lambda name: option(known[name], KINDS[known[name].kind]),
        key="workload",
        persist_state="session",
    )
    workload = known[name or next(iter(known))]
    about_own(workload)
    if workload.about:
        st.caption(plain(workload.about))
    if reason := workload.missing():
        st.warning(f"It cannot run here. {plain(reason)}", icon=":material/block:")
    return workload


def _parameters(workload: Workload) -> dict[str, Value]:
    keys = {field.name: key_of(workload, field.name, field) for field in workload.form}
    presets = key_of(workload, "preset", workload.presets)

    def fill() -> None:
        values = workload.parameters({}, st.session_state.get(presets))
        for field in workload.form:
            fill_in(field, keys[field.name], values[field.name])

    if workload.presets:
        st.segmented_control(
            "Preset",
            list(workload.presets),
            format_func=lambda name: "as in the article" if name == "article" else plain(name),
            default=next(iter(workload.presets)),
            key=presets,
            on_change=fill,
            persist_state="session",
        )
    with st.container(horizontal=True):
        return {field.name: field_widget(field, keys[field.name]) for field in workload.form}


def _workers(workload: Workload) -> list[int]:
    usable, there = usable_cpus(), cluster_workers()
    usual = usual_workers(workload.kind, usable)
    on_cluster = usual_workers("cpu", there) if there else []
    waiting = [50, 100] if workload.kind == "io" else []
    key = workers_key(workload)
    if key not in st.session_state:
        st.session_state[key] = usual
    held = st.session_state[key]  # a link or advice may have filled in others
    offered = sorted({*usual, 1, 2, 3, 4, 8, 16, 2 * usable, *on_cluster, *waiting, *held})
    chosen = st.pills(
        "Workers",
        offered,
        selection_mode="multi",
        format_func=lambda count: f"{count}" if count <= usable else f"{count}+",
        key=key,
        help=f"This machine has {usable} usable CPUs; counts with a plus are beyond them."
        + (f" The Dask cluster has {there} workers." if there else ""),
        persist_state="session",
    )
    return list(chosen)


def _interpreters() -> list[str]:
    """The chosen interpreters; those that trials cannot run on say why."""
    known = known_by_now()
    if known is None:
        _asked()
        return [this_interpreter()]
    usable = [one.name for one in known.values() if not one.problem]
    if len(known) == 1:
        return usable
    barred = [f"{one.name}: {one.problem}" for one in known.values() if one.problem]
    chosen = st.pills(
        "Python",
        usable,
        selection_mode="multi",
        default=usable[:1],
        key="interpreters",
        help="The same work on several Pythons of this machine, each against sequential work on "
        "itself. A t marks a free-threaded build.\n\n" + "\n\n".join(barred),
        persist_state="session",
    )
    return list(chosen)


@st.fragment(run_every=1.0)
def _asked() -> None:
    """Until the other interpreters have said what they are, the first time on a machine."""
    if known_by_now() is not None:
        st.rerun()
    st.caption("The other Pythons of this machine are being asked what they can do.")


def _precision() -> str:
    chosen = st.segmented_control(
        "Precision",
        list(PRECISIONS),
        default="quick",
        required=True,
        key="precision",
        help="How narrow the 95% intervals should get: "
        + ", ".join(f"{name} ±{100 * level.half_width:g}%" for name, level in PRECISIONS.items())
        + ", or until the time is over.",
        persist_state="session",
    )
    return str(chosen)
