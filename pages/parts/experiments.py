"""Experiments on a page: a card for each, and one of them live."""

from collections.abc import Sequence

import streamlit as st

from bench.asking import ask
from bench.charts.experiment import experiment_chart
from bench.demonstration import Asked, Demonstration
from bench.errors import Refused
from bench.experiments import Experiment, Group, Verdict, all_experiments
from bench.measure.known import known_interpreters
from pages.parts.fields import field_widget
from pages.parts.live import POLL
from pages.parts.share import share_experiment
from pages.parts.shared import palette, plain, session, store
from pages.parts.words import STATES, Colour, duration

REFUSED = "experiment.refused"

VERDICTS: dict[Verdict, tuple[Colour, str]] = {
    "holds here": ("green", ":material/check:"),
    "does not hold here": ("orange", ":material/close:"),
    "not resolved here": ("gray", ":material/question_mark:"),
}


def experiments_page(groups: Sequence[Group], page: str) -> None:
    """The cards of some groups; or the one experiment that the address names."""
    known = {one.name: one for one in all_experiments().values() if one.group in groups}
    name = st.query_params.get("show", "")
    if name in known:
        _one(known[name], page)
        return
    if name:
        st.warning("There is no such experiment here: the link may have been cut short.")
    with st.grid(2, min_column_width=320, gap="medium"):
        for one in known.values():
            _card(one, page)


def _card(experiment: Experiment, page: str) -> None:
    with st.container(border=True):
        st.subheader(plain(experiment.title), anchor=False)
        st.markdown(f"“{plain(experiment.belief)}”")
        latest = store().demonstrations.latest_of(experiment.name)
        with st.container(horizontal=True, vertical_alignment="center"):
            if latest and latest.facts:
                _verdict(experiment.judge(latest.facts).verdict, latest.asked.interpreter)
            else:
                st.caption(f"Not shown here yet: takes about {duration(experiment.seconds)}.")
            st.page_link(
                page,
                label="Show it",
                icon=":material/play_circle:",
                query_params={"show": experiment.name},
            )


def _verdict(verdict: Verdict, interpreter: str) -> None:
    colour, icon = VERDICTS[verdict]
    st.badge(f"{verdict}, on {plain(interpreter)}", icon=icon, color=colour)


def _one(experiment: Experiment, page: str) -> None:
    st.header(plain(experiment.title), anchor=False)
    st.page_link(page, label="All of them", icon=":material/arrow_back:")
    st.markdown(f"People say: “{plain(experiment.belief)}”")
    st.markdown(plain(experiment.about))
    with st.grid(len(experiment.code), min_column_width=360, gap="small"):
        for listing in experiment.listings:
            with st.container():
                st.caption(plain(listing.title))
                st.code(listing.source, language="python", wrap_lines=True)
    asked = _form(experiment)
    st.button(
        "Run",
        key=f"run-{experiment.name}",
        type="primary",
        icon=":material/play_arrow:",
        disabled=asked is None,
        on_click=_submit,
        args=(asked,),
        help=f"Takes about {duration(experiment.seconds)}.",
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")
    latest = store().demonstrations.latest_of(experiment.name)
    id_ = st.query_params.get("shown", latest.id if latest else "")
    if id_:
        st.divider()
        _shown(experiment, id_)


def _form(experiment: Experiment) -> Asked | None:
    known = [one.name for one in known_interpreters().values() if not one.problem]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        values = {
            field.name: field_widget(field, f"{experiment.name}.{field.name}")
            for field in experiment.form
        }
        host = st.selectbox("Python", known, key=f"{experiment.name}.python", width=160)
    try:
        return ask(experiment.name, values, host or "")
    except Refused as refusal:
        st.warning(plain(str(refusal)), icon=":material/edit:")
        return None


def _submit(asked: Asked) -> None:
    try:
        st.query_params["shown"] = store().queue.submit_experiment(asked, session())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _shown(experiment: Experiment, id_: str) -> None:
    shown = store().demonstrations.find(id_)
    if shown is None or shown.asked.experiment != experiment.name:
        st.error("There is no such demonstration. It may have been deleted, or the link cut short.")
    elif shown.active:
        _polled(id_)
    else:
        _ended(experiment, shown)


@st.fragment(run_every=POLL)
def _polled(id_: str) -> None:
    shown = store().demonstrations.find(id_)
    if shown is None or not shown.active:
        st.rerun()
    _head(shown)
    if shown.state == "queued":
        ahead = len(store().queue.ahead(id_))
        st.info(f"{ahead} before this one." if ahead else "It is next.")
    _events(shown)


def _head(shown: Demonstration) -> None:
    colour, icon = STATES[shown.state]
    told = ", ".join(f"{name} {value}" for name, value in shown.asked.parameters.items())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(shown.state, icon=icon, color=colour)
        st.caption(plain(f"on {shown.asked.interpreter} ({told})"))


def _ended(experiment: Experiment, shown: Demonstration) -> None:
    _head(shown)
    if not shown.facts:
        st.error(plain(shown.error or "It ended without facts."), icon=":material/error:")
        if shown.output:
            st.code(shown.output, language=None)
        return
    judged = experiment.judge(shown.facts)
    _verdict(judged.verdict, shown.asked.interpreter)
    st.markdown(plain(judged.explanation))
    picture = experiment.picture(shown.facts, shown.events)
    with st.container(key="chart-experiment"):
        st.vega_lite_chart(
            spec=experiment_chart(picture, palette()).to_dict(),
            theme=None,
            width="stretch",
            key=f"picture-{shown.id}",
        )
    with st.expander("What was observed"):
        st.json(dict(shown.facts))
    with st.expander("What happened, in order"):
        _events(shown)
    share_experiment(shown)


def _events(shown: Demonstration) -> None:
    lines = [
        ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in event.items())
        for event in shown.events
    ]
    st.code("\n".join(lines) or "Nothing yet.", language=None, wrap_lines=True)
