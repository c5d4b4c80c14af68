"""A run's plan over time on its machine: the chart, and whether the newest run differs."""

from typing import Any

import streamlit as st

from bench.analysis.comparing import MEASURES, Measure
from bench.analysis.trends import Past, trend_lines, trend_sentences
from bench.charts.trend import trend
from bench.samples import Run
from bench.store.history import Entry
from bench.summaries import with_summaries
from pages.parts.shared import palette, plain, store
from pages.parts.words import when

# The most runs that one trend shows.
MOST = 30


def trend_view(run: Run) -> None:
    """The trend up to a run, if its machine has measured its plan before."""
    entry = store().history.find(run.id)
    before = store().history.alike(entry, MOST) if entry else []
    if len(before) > 1:
        _trend(run, _pasts(tuple((one.run.id, one.run.ended) for one in before), before))


@st.fragment
def _trend(run: Run, pasts: list[Past]) -> None:
    st.subheader("Over time", anchor=False)
    st.caption(
        f"The {len(pasts)} runs of this plan on this machine, up to this one. Seed, precision and "
        "time budget may differ."
    )
    chosen = st.segmented_control(
        "Trend of", list(MEASURES), default="speedup", required=True, key=f"trend-of-{run.id}"
    )
    measure: Measure = "time" if chosen == "time" else "speedup"
    lines = trend_lines(pasts, measure)
    if not lines:
        st.info("No run has a result to show.")
        return
    with st.container(key="chart-trend"):
        st.vega_lite_chart(
            spec=_spec(pasts, measure), theme=None, width="stretch", key=f"trend-{run.id}"
        )
    told = trend_sentences(lines, measure)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def _spec(pasts: list[Past], measure: Measure) -> dict[str, Any]:
    moments = [when(past.run.created)[5:] for past in pasts]
    spec: dict[str, Any] = trend(trend_lines(pasts, measure), measure, moments, palette()).to_dict()
    return spec


# The entries are not part of the key: which runs they are of, and when those had ended, is.
@st.cache_data(max_entries=100, show_spinner=False)
def _pasts(runs: tuple[tuple[str, float | None], ...], _before: list[Entry]) -> list[Past]:  # noqa: ARG001
    whole = with_summaries(store(), _before)
    return [Past(one.run, one.summary) for one in whole if one.summary]
