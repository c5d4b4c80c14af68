"""A run as a row of the history, and the two rows that are chosen to be compared."""

import streamlit as st

from bench.analysis.words import digits
from bench.charts.sparkline import sparkline
from bench.store.history import Entry
from pages.parts.calling import expiry_badge, label_badges
from pages.parts.shared import palette, plain, store
from pages.parts.words import origin_badge, state_badge, when, work_in_words

CHOSEN = "compare.chosen"


def row(entry: Entry) -> None:
    """What was found; below it the link, how it ended, and what was measured."""
    run = entry.run
    found = entry.summary.headline if entry.summary else _unfinished(entry)
    with st.container(border=True, key=f"row-{run.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            _choice(entry, found)
            st.markdown(f"**{plain(found)}**")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "result.py",
                label=plain(entry.title or f"{run.plan.workload}, {when(run.created)}"),
                icon=":material/link:",
                query_params={"run": run.id},
            )
            state_badge(run)
            origin_badge(run)
            _bars(entry)
            moment = f" · {when(run.created)}" if entry.title else ""
            st.caption(f"{plain(work_in_words(run.plan))}{moment}", width="content")
            label_badges(entry)
            expiry_badge(entry)


def _unfinished(entry: Entry) -> str:
    return "Waiting" if entry.run.state == "queued" else "Measuring"


def _bars(entry: Entry) -> None:
    """The speedups of all contenders, as small bars."""
    if entry.summary is None:
        return
    pairs = [
        (one, figure.speedup.estimate if figure and figure.speedup else None)
        for one, figure in zip(entry.run.plan.line_up, entry.summary.figures, strict=True)
        if one.role == "contender"
    ]
    if any(speedup for _, speedup in pairs):
        told = [f"{one.name} {digits(speedup)}" for one, speedup in pairs if speedup]
        bars = [(one.executor, speedup) for one, speedup in pairs]
        st.image(sparkline(bars, palette()), alt=f"Speedups: {', '.join(told)}")


def _choice(entry: Entry, found: str) -> None:
    id_ = entry.run.id
    st.checkbox(
        f"Compare: {plain(entry.title or found)}",
        value=id_ in _chosen(),
        key=f"choose-{id_}",
        label_visibility="collapsed",
        disabled=entry.summary is None,
        on_change=_choose,
        args=(id_,),
    )


def _chosen() -> list[str]:
    chosen: list[str] = st.session_state.setdefault(CHOSEN, [])
    return chosen


def _choose(id_: str) -> None:
    """Take a run among the two, or out of them; a third one takes the place of the first."""
    chosen = _chosen()
    if id_ in chosen:
        chosen.remove(id_)
        return
    chosen.append(id_)
    while len(chosen) > 2:
        st.session_state[f"choose-{chosen.pop(0)}"] = False


def chosen_two() -> None:
    """The link that compares the two that are ticked, the older one first."""
    known = [entry.run for id_ in _chosen() if (entry := store().history.find(id_))]
    ids = [run.id for run in sorted(known, key=lambda run: run.created)]
    if len(ids) < 2:
        st.caption("Tick two runs to compare them.")
        return
    st.page_link(
        "compare.py",
        label="Compare the two that are ticked",
        icon=":material/compare_arrows:",
        query_params={"a": ids[0], "b": ids[1]},
    )
