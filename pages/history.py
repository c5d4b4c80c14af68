"""All runs, newest first: searched, filtered, and two of them chosen to be compared."""

import streamlit as st

from bench.store.entries import Kind
from bench.store.wanted import Wanted
from bench.summaries import with_summaries
from pages.parts.example_link import example_link
from pages.parts.history_rows import chosen_two, row
from pages.parts.importing import importer
from pages.parts.shared import store, who

A_PAGE = 20

# The filters by the names that they have in the address, with what they choose from.
FILTERS: tuple[Kind, ...] = ("workload", "executor", "python", "machine", "label")


def wanted() -> Wanted:
    """Draw search and filters; what they ask for. All of it is in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Search",
            key="q",
            type="search",
            max_chars=100,
            icon=":material/search:",
            placeholder="name, note, work, finding …",
            bind="query-params",
            width=280,
        )
        tags = {name: _filter(name) for name in FILTERS}
        mine = st.toggle(
            "Mine",
            key="mine",
            bind="query-params",
            help="Runs that you started: logged in, or else in this browser session.",
        )
    return Wanted(text or "", **tags, session=who().owner if mine else "")


def _filter(name: Kind) -> str:
    """Draw one filter if runs differ in it."""
    values = store().history.choices(name)
    if len(values) < 2:
        return ""
    chosen = st.selectbox(
        name.capitalize(),
        values,
        index=None,
        key=name,
        placeholder="any",
        bind="query-params",
        width=180,
    )
    return chosen or ""


def listed(found: Wanted) -> None:
    """The page of runs that is asked for."""
    history = store().history
    total = history.count(found)
    if total == 0:
        st.info("No run fits this search and these filters.", icon=":material/info:")
        return
    st.caption(f"{total:,} {'run' if total == 1 else 'runs'}, newest first.")
    chosen_two()
    pages = -(-total // A_PAGE)
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    skip = (min(page, pages) - 1) * A_PAGE
    for entry in with_summaries(store(), history.page(A_PAGE, skip, found)):
        row(entry)


st.title("History")
importer()
if store().history.count() == 0:
    st.info("No runs yet. The first one takes about ten seconds.", icon=":material/info:")
    st.page_link("lab.py", label="Measure something", icon=":material/speed:")
    example_link()
else:
    st.caption(
        f"Everybody who can open this page sees these runs. {store().retention.rule()}; one that "
        "is kept, on its page, stays."
    )
    listed(wanted())
