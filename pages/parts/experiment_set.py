"""All experiments of a page at once: the button, and the table of beliefs and verdicts."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from bench.asking.experiments import ask_all
from bench.demonstration import Asked, Demonstration
from bench.errors import Refused
from bench.experiments import Group, find_experiment
from pages.parts.experiment import REFUSED, python_choice
from pages.parts.polling import polled
from pages.parts.shared import plain, store, who, why_not
from pages.parts.stopping import stop_button
from pages.parts.verdict import verdict_badge
from pages.parts.words import STATES, duration


def all_button(groups: Sequence[Group]) -> None:
    """Draw the button that queues all of some groups, with what it takes."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        host = python_choice("all.python")
        asked, refused = ask_all(groups, host)
        seconds = sum(find_experiment(one.experiment).seconds for one in asked)
        barred = why_not()
        st.button(
            f"Show all {len(asked)}",
            key="show-all",
            type="primary",
            icon=":material/play_arrow:",
            disabled=bool(barred),
            help=barred,
            on_click=_submit,
            args=(asked,),
        )
        st.caption(f"One after the other: about {duration(seconds)}.")
    for reason in refused.values():
        st.caption(plain(reason))
    if refusal := st.session_state.pop(REFUSED, ""):
        st.error(plain(refusal), icon=":material/block:")


def _submit(asked: Sequence[Asked]) -> None:
    try:
        st.query_params["set"] = store().queue.submit_set(asked, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def set_view(batch: str, page: str) -> None:
    """Draw the table of a set, polling while any of it is active."""
    shown = store().demonstrations.of_batch(batch)
    if not shown:
        st.error("There is no such set. It may have been deleted, or the link cut short.")
    elif any(one.active for one in shown):
        polled(partial(_show, page), batch)
    else:
        _table(shown, page)


def _show(page: str, batch: str) -> None:
    shown = store().demonstrations.of_batch(batch)
    active = [one for one in shown if one.active]
    if not active:
        st.rerun()
    seconds = sum(find_experiment(one.asked.experiment).seconds for one in active)
    ended = len(shown) - len(active)
    st.progress(
        ended / len(shown), f"{ended} of {len(shown)} shown · about {duration(seconds)} left"
    )
    stop_button(batch, store().queue.stop_set, "Ends what goes on and waits; keeps what was shown.")
    _table(shown, page)


def _table(shown: Sequence[Demonstration], page: str) -> None:
    with st.container(border=True, key="set"):
        for one in shown:
            _line(one, page)


def _line(shown: Demonstration, page: str) -> None:
    experiment = find_experiment(shown.asked.experiment)
    title, belief, verdict = st.columns([3, 5, 3], vertical_alignment="center")
    title.page_link(
        page,
        label=plain(experiment.title),
        query_params={"show": experiment.name, "shown": shown.id},
    )
    belief.markdown(f"“{plain(experiment.belief)}”")
    with verdict:
        if shown.facts:
            verdict_badge(experiment.judge(shown.facts).verdict, shown.asked.interpreter)
        else:
            colour, icon = STATES[shown.state]
            st.badge(shown.state, icon=icon, color=colour)
