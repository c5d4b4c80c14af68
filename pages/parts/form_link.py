"""The Lab's form and the address: a link fills the form in, and changes write themselves there."""

from collections.abc import Mapping, Sequence

import streamlit as st

from bench.asking.links import picked_from, query_of
from bench.asking.picked import Picked
from bench.errors import Refused
from bench.executors import all_executors, find_executor, options_form
from bench.workloads import Workload, find_workload
from pages.parts.executor_form import option_key, tick
from pages.parts.fields import fill_in
from pages.parts.own import key_of
from pages.parts.shared import cluster, plain
from pages.parts.sweep_form import sweep_key, written

# What the address holds beside the form.
RUN = "run"

# The link that was followed or written last; the form as it was told last; what was wrong.
_FOLLOWED, _TOLD, _WRONG = "link.followed", "link.told", "link.wrong"

Query = Mapping[str, Sequence[str]]


def follow_link() -> None:
    """Fill the form in as the address says, before it is drawn; or say what is wrong with it."""
    query = _asked()
    if query and query != st.session_state.get(_FOLLOWED):
        st.session_state[_FOLLOWED] = query
        st.session_state[_WRONG] = ""
        try:
            picked = picked_from(query, cluster=cluster)
        except Refused as refusal:
            st.session_state[_WRONG] = str(refusal)
        else:
            fill_form(picked)
            st.session_state[_TOLD] = query_of(picked)
    if query and (wrong := st.session_state.get(_WRONG)):
        st.error(f"The link is not followed. {plain(wrong)}", icon=":material/link_off:")


def tell_link(picked: Picked) -> None:
    """Write what is picked into the address, once it is no longer what was there at first."""
    query = query_of(picked)
    if query == st.session_state.setdefault(_TOLD, query):
        return
    st.session_state[_TOLD] = st.session_state[_FOLLOWED] = query
    run = {RUN: st.query_params[RUN]} if RUN in st.query_params else {}
    st.query_params.from_dict({**query, **run})


def leave_form() -> None:
    """On another page: whatever link comes next is followed, even if it is the last one again."""
    st.session_state.pop(_FOLLOWED, None)


def workers_key(workload: Workload) -> str:
    """The key of the worker counts: each kind of work has counts of its own."""
    return f"workers.{workload.kind}"


def _asked() -> Query:
    """The form's fields in the address; none without a word of a form."""
    query = {name: st.query_params.get_all(name) for name in st.query_params if name != RUN}
    return query if "form" in query else {}


def fill_form(picked: Picked) -> None:
    """Let all widgets of the form hold what was picked when they are drawn next."""
    work, state = find_workload(picked.workload), st.session_state
    state["workload"] = work.name
    for field in work.form:
        if field.name in picked.parameters:
            fill_in(field, key_of(work, field.name, field), picked.parameters[field.name])
    state[key_of(work, "preset", work.presets)] = _preset(work, picked)
    state[workers_key(work)] = list(picked.workers)
    state["interpreters"] = list(picked.interpreters)
    state["precision"] = picked.precision
    for executor in all_executors().values():
        box, _ = tick(executor, work, picked.precision)
        state[box] = executor.name in picked.executors
    for name, options in picked.executors.items():
        executor = find_executor(name)
        for field in options_form(executor):
            if field.name in options:
                fill_in(field, option_key(executor, field), options[field.name])
    state[sweep_key(work)] = picked.sweep[0] if picked.sweep else "nothing"
    if picked.sweep:
        state[sweep_key(work, picked.sweep[0])] = written(picked.sweep[1])


def _preset(work: Workload, picked: Picked) -> str | None:
    """The preset that has these parameters, if one has."""
    for name in work.presets:
        if work.parameters({}, name) == dict(picked.parameters):
            return name
    return None
