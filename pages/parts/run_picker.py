"""Choosing the two runs of a comparison; both are in the address."""

from collections.abc import Mapping

import streamlit as st

from bench.samples import Run
from bench.store.history import Entry
from bench.store.wanted import ALL, Wanted
from bench.summaries import with_summaries
from pages.parts.shared import store
from pages.parts.words import when, work_in_words

# How many of the newest runs are offered; any other one can be reached from its own page.
OFFERED = 50


def pick_two() -> tuple[Run | None, Run | None]:
    """Draw both pickers; the runs that are chosen. B is offered from runs of the same work."""
    unknown = [
        name for name in ("a", "b") if (id_ := _asked(name)) and store().history.find(id_) is None
    ]
    with st.grid(2, min_column_width=300):
        a = _pick("a", "A", ALL)
        b = _pick("b", "B", Wanted(workload=a.run.plan.workload) if a else ALL, without=a)
    for name in unknown:
        st.error(f"There is no such run as {name.upper()}: it may have been deleted.")
    if a and b:
        st.page_link(
            "compare.py",
            label="Swap A and B",
            icon=":material/swap_horiz:",
            query_params={"a": b.run.id, "b": a.run.id},
        )
    return _whole(a), _whole(b)


def _whole(entry: Entry | None) -> Run | None:
    return store().runs.find(entry.run.id) if entry else None


def _asked(name: str) -> str:
    return str(st.query_params.get(name, ""))


def _pick(name: str, label: str, wanted: Wanted, without: Entry | None = None) -> Entry | None:
    offered = {entry.run.id: entry for entry in _offered(wanted)}
    if (asked := _asked(name)) and (entry := store().history.find(asked)):
        offered.setdefault(asked, entry)
    if without:
        offered.pop(without.run.id, None)
    # The address leads: a link may have changed it, and the picker's own changes go there first.
    st.session_state[_key(name)] = asked if asked in offered else None
    chosen = st.selectbox(
        label,
        list(offered),
        index=None,
        format_func=lambda id_: _told(offered, id_),
        key=_key(name),
        placeholder="Choose a run",
        on_change=_into_address,
        args=(name,),
    )
    return offered.get(chosen or "")


def _key(name: str) -> str:
    return f"pick-{name}"


def _into_address(name: str) -> None:
    if chosen := st.session_state[_key(name)]:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)


def _offered(wanted: Wanted) -> list[Entry]:
    entries = with_summaries(store(), store().history.page(OFFERED, wanted=wanted))
    return [entry for entry in entries if entry.summary]


def _told(offered: Mapping[str, Entry], id_: str) -> str:
    entry = offered[id_]
    found = entry.title or (entry.summary.headline if entry.summary else entry.run.state)
    return f"{when(entry.run.created)} · {work_in_words(entry.run.plan)} · {found}"
