"""Experiments on a page: a card for each, all of them at once, or one of them live."""

from collections.abc import Sequence

import streamlit as st

from bench.experiments import Experiment, Group, all_experiments
from pages.parts.experiment import experiment_view
from pages.parts.experiment_set import all_button, set_view
from pages.parts.shared import plain, store
from pages.parts.verdict import verdict_badge
from pages.parts.words import duration

TITLES: dict[Group, str] = {"pitfalls": "", "sharing": "Shared data", "patterns": "Patterns"}


def experiments_page(groups: Sequence[Group], page: str) -> None:
    """The cards of some groups; or the one experiment, or the set, that the address names."""
    known = {one.name: one for one in all_experiments().values() if one.group in groups}
    name, batch = st.query_params.get("show", ""), st.query_params.get("set", "")
    if name in known:
        experiment_view(known[name], page)
        return
    if name:
        st.warning("There is no such experiment here: the link may have been cut short.")
    if batch:
        set_view(batch, page)
    all_button(groups)
    for group in groups:
        if TITLES[group]:
            st.header(TITLES[group], anchor=False)
        with st.grid(2, min_column_width=320, gap="medium"):
            for one in known.values():
                if one.group == group:
                    _card(one, page)


def _card(experiment: Experiment, page: str) -> None:
    with st.container(border=True, height="stretch"):
        st.subheader(plain(experiment.title), anchor=False)
        st.markdown(f"“{plain(experiment.belief)}”")
        latest = store().demonstrations.latest_of(experiment.name)
        with st.container(horizontal=True, vertical_alignment="center"):
            if latest and latest.facts:
                verdict_badge(experiment.judge(latest.facts).verdict, latest.asked.interpreter)
            else:
                st.caption(f"Not shown here yet: takes about {duration(experiment.seconds)}.")
            st.page_link(
                page,
                label="Show it",
                icon=":material/play_circle:",
                query_params={"show": experiment.name},
            )
