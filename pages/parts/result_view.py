"""A run that has ended: the answer, the pictures, the table, the fine print."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from bench.analysis.figures import figures
from bench.analysis.results import Mode, Result, results
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import about
from bench.asking.links import query_of_plan
from bench.charts.gallery import View, charts_of
from bench.charts.theme import PALETTES
from bench.samples import Run
from pages.parts.calling import called, change_buttons, expiry
from pages.parts.details import details, reasons_of, seen, steps_of
from pages.parts.going_on import continue_button
from pages.parts.share import share
from pages.parts.shared import palette, plain
from pages.parts.trend_view import trend_view
from pages.parts.words import state_badge

# The least width of a chart beside another, in pixels.
LEAST_CHART = 400

NONE: Mapping[str, str] = MappingProxyType({})

MODES: dict[str, Mode] = {"warm pool": "warm", "with pool start-up": "cold"}


def result_view(run: Run) -> None:
    """Everything that a finished run shows."""
    called(run)
    mode = finding(run)
    trend_view(run)
    _next(run)
    share(run, mode)
    expiry(run)
    fine_print(run)


def finding(run: Run, captions: Mapping[str, str] = NONE) -> Mode:
    """What a run found, from the answer to what to do about it; the times that were chosen.

    `captions` stand below the answer, the charts by their names, and the table.
    """
    found = results(run)
    st.header(plain(headline_of(run, found, "warm")), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(run)
        st.caption(plain(about(run)))
    _caption(captions, "answer")
    if run.error:
        st.error(plain(run.error), icon=":material/error:")
    mode = _mode(run) if run.plan.has_baseline else "warm"
    charts(run, mode, captions)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences_of(run, found, mode)))
    if reasons := reasons_of(seen(run), run):
        st.markdown("**Why**\n" + "\n".join(f"- {plain(reason)}" for reason in reasons))
    for warning in warnings(run):
        tell = st.info if warning.harmless else st.warning
        tell(f"**{warning.code}** {plain(warning.message)} {plain(warning.action)}")
    _table(found, mode)
    _caption(captions, "table")
    details(run, mode)
    if steps := steps_of(seen(run), run, mode):
        st.markdown("**What to do**\n" + "\n".join(f"- {plain(step)}" for step in steps))
    return mode


def _caption(captions: Mapping[str, str], name: str) -> None:
    if name in captions:
        st.caption(captions[name])


def _mode(run: Run) -> Mode:
    """Draw the choice between the two times; what another tool measured has one."""
    chosen = st.segmented_control(
        "Times",
        list(MODES),
        default="warm pool",
        required=True,
        key=f"mode-{run.id}",
        help="Warm: what a server feels whose pool is already there. With start-up: what a script "
        "feels that starts a pool, uses it once and ends it.",
    )
    return MODES[chosen or "warm pool"]


def charts(run: Run, mode: Mode, captions: Mapping[str, str] = NONE) -> None:
    """The run's two charts, side by side where there is room for both."""
    with st.grid(2, min_column_width=LEAST_CHART, gap="medium"):
        for name, spec in _drawn(run, mode, palette().name).items():
            with st.container(key=f"chart-{name}"):
                st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"{name}-{run.id}")
                _caption(captions, name)


# Many people may watch one run: it is drawn once for each new sample, not once for each of them.
@st.cache_data(max_entries=200, show_spinner=False, hash_funcs={Run: seen})
def _drawn(run: Run, mode: Mode, theme: str) -> dict[str, dict[str, Any]]:
    found = results(run)
    view = View(mode, PALETTES[theme])
    return {
        name: kind.draw(run, found, view).to_dict()
        for name, kind in charts_of(run.plan).items()
        if kind.place != "below"
    }


def _table(found: tuple[Result, ...], mode: Mode) -> None:
    rows = pd.DataFrame(figures(found, mode))
    st.dataframe(rows, hide_index=True, width="stretch", alt="All contenders in figures")


def _next(run: Run) -> None:
    """What may be done with the run."""
    with st.container(horizontal=True, vertical_alignment="center"):
        continue_button(run)
        st.page_link(
            "compare.py",
            label="Compare with…",
            icon=":material/compare_arrows:",
            query_params={"a": run.id},
        )
        _change_and_run(run)
        change_buttons(run)


def _change_and_run(run: Run) -> None:
    """A link to the form, filled in with the run's plan."""
    if query := query_of_plan(run.plan):
        st.page_link("lab.py", label="Change and run", icon=":material/tune:", query_params=query)
    else:
        st.button(
            "Change and run",
            key=f"change-{run.id}",
            icon=":material/tune:",
            disabled=True,
            help="The form cannot say this plan: its contenders differ in too much.",
        )


def fine_print(run: Run) -> None:
    """What a run was measured on, its plan, and what failed in it."""
    with st.expander("What it was measured on"):
        st.json(dict(run.environment))
    with st.expander("The plan"):
        st.json(run.plan.as_json())
    for failure in run.failures:
        with st.expander(f"What {plain(failure.contender)} printed before it failed"):
            st.code(failure.output or "Nothing.", language=None)
