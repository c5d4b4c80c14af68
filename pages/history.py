"""All runs, newest first."""

from datetime import UTC, datetime, timedelta, timezone

import streamlit as st

from bench.analysis.results import results
from bench.analysis.swept import headline_of
from bench.samples import Run
from pages.parts.shared import plain, store
from pages.parts.words import state_badge, work_in_words

A_PAGE = 20


def line(run: Run) -> None:
    """One run: its finding as the link, and below it what was measured, when and how it ended."""
    found = headline_of(run, results(run), "warm")
    with st.container(border=True):
        st.page_link("result.py", label=f"**{plain(found)}**", query_params={"run": run.id})
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(run)
            st.caption(f"{plain(work_in_words(run.plan))} · {when(run.created)}")


def when(seconds: float) -> str:
    """A moment on the reader's own clock."""
    offset = st.context.timezone_offset or 0
    zone = timezone(timedelta(minutes=-offset))
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


st.title("History")
runs = store().runs
total = runs.count()
if total == 0:
    st.info("No runs yet. The first one takes about ten seconds.", icon=":material/info:")
    st.page_link("lab.py", label="Measure something", icon=":material/speed:")
else:
    st.caption(
        f"{total:,} {'run' if total == 1 else 'runs'}, newest first. "
        "Everybody who can open this page sees them."
    )
    pages = -(-total // A_PAGE)
    page = st.pagination(pages, key="page") if pages > 1 else 1
    for listed in runs.latest(A_PAGE, skip=(page - 1) * A_PAGE):
        whole = runs.find(listed.run.id)
        if whole:
            line(whole)
