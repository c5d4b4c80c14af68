"""A demonstration: waiting, going on with what has happened so far, or ended with its verdict."""

import streamlit as st

from bench.charts.experiment import experiment_chart
from bench.demonstration import Demonstration
from bench.experiments import Experiment, find_experiment
from bench.plan import spoken, told
from pages.parts.polling import polled
from pages.parts.share import share_experiment
from pages.parts.shared import palette, plain, store, watched
from pages.parts.stopping import stop_button
from pages.parts.verdict import verdict_badge
from pages.parts.words import STATES


def demonstration_view(experiment: Experiment, id_: str) -> None:
    """Draw the one of that id, polling while it is active; an unknown one is said in a sentence."""
    shown = watched().demonstration(id_)
    if shown is None or shown.asked.experiment != experiment.name:
        st.error("There is no such demonstration. It may have been deleted, or the link cut short.")
    elif shown.active:
        polled(_show, id_)
    else:
        _ended(experiment, shown)


def _show(id_: str) -> None:
    shown = watched().demonstration(id_)
    if shown is None or not shown.active:
        st.rerun()
    _head(shown)
    if shown.state == "queued":
        ahead = len(store().queue.ahead(id_))
        st.info(f"{ahead} before this one." if ahead else "It is next.")
    stop_button(id_, store().queue.stop, "Ends it.")
    _events(shown)


def _head(shown: Demonstration) -> None:
    colour, icon = STATES[shown.state]
    units = {field.name: field.behind() for field in find_experiment(shown.asked.experiment).form}
    values = [
        f"{spoken(name)} {told(value)}{units.get(name, '')}"
        for name, value in shown.asked.parameters.items()
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(shown.state, icon=icon, color=colour)
        st.caption(plain(f"on {shown.asked.interpreter} ({', '.join(values)})"))


def _ended(experiment: Experiment, shown: Demonstration) -> None:
    _head(shown)
    if not shown.facts:
        st.error(plain(shown.error or "It ended without facts."), icon=":material/error:")
        if shown.output:
            st.code(shown.output, language=None)
        return
    judged = experiment.judge(shown.facts)
    verdict_badge(judged.verdict, shown.asked.interpreter)
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
