"""One experiment: the belief, the code that runs, its form, and what was observed."""

import streamlit as st

from bench.asking.experiments import ask
from bench.demonstration import Asked
from bench.errors import Refused
from bench.experiments import Experiment
from bench.measure.host.known import known_interpreters
from pages.parts.demonstration import demonstration_view
from pages.parts.fields import field_widget
from pages.parts.shared import plain, store, who, why_not
from pages.parts.words import duration

REFUSED = "experiment.refused"


def experiment_view(experiment: Experiment, page: str) -> None:
    """Draw it, with the demonstration that the address names, or else the latest one."""
    st.header(plain(experiment.title), anchor=False)
    st.page_link(page, label="All of them", icon=":material/arrow_back:")
    st.markdown(f"People say: “{plain(experiment.belief)}”")
    st.markdown(plain(experiment.about))
    with st.grid(len(experiment.code), min_column_width=360, gap="small"):
        for listing in experiment.listings:
            with st.container():
                st.caption(plain(listing.title))
                st.code(listing.source, language="python", wrap_lines=True)
    asked, barred = _form(experiment), why_not()
    st.button(
        "Run",
        key=f"run-{experiment.name}",
        type="primary",
        icon=":material/play_arrow:",
        disabled=asked is None or bool(barred),
        on_click=_submit,
        args=(asked,),
        help=barred or f"Takes about {duration(experiment.seconds)}.",
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")
    latest = store().demonstrations.latest_of(experiment.name)
    id_ = st.query_params.get("shown", latest.id if latest else "")
    if id_:
        st.divider()
        demonstration_view(experiment, id_)


def python_choice(key: str) -> str:
    """A choice of the interpreters that can be used."""
    known = [one.name for one in known_interpreters().values() if not one.problem]
    return str(st.selectbox("Python", known, key=key, width=160) or "")


def _form(experiment: Experiment) -> Asked | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        values = {
            field.name: field_widget(field, f"{experiment.name}.{field.name}")
            for field in experiment.form
        }
        host = python_choice(f"{experiment.name}.python")
    try:
        return ask(experiment.name, values, host)
    except Refused as refusal:
        st.warning(plain(str(refusal)), icon=":material/edit:")
        return None


def _submit(asked: Asked) -> None:
    try:
        st.query_params["shown"] = store().queue.submit(asked, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
