"""What a finished run shows below its answer, a tab each: only the one that is open is drawn."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from bench.analysis.advice import what_to_do
from bench.analysis.insights import scaling_of, whys_of
from bench.analysis.results import Mode, results
from bench.analysis.timelines import telling
from bench.charts.gallery import GALLERY, View, charts_of
from bench.charts.theme import PALETTES
from bench.samples import Run
from pages.parts.shared import palette, plain, store

# More contenders in one timeline are too small to be seen.
MOST_TIMELINES = 6

# What tells a run as it is now from what it was before.
Seen = tuple[str, str, int, int]


@st.fragment
def details(run: Run, mode: Mode) -> None:
    """The further charts of a run that has ended."""
    kinds = charts_of(run.plan).items()
    titles = {name: kind.title for name, kind in kinds if kind.place == "below"}
    tabs = st.tabs(list(titles.values()), key=f"details-{run.id}", on_change="rerun")
    for tab, name in zip(tabs, titles, strict=True):
        if tab.open:
            with tab:
                _SHOWN.get(name, _chart)(run, mode, name)


def _chart(run: Run, mode: Mode, name: str, chosen: tuple[str, ...] = ()) -> None:
    spec = _drawn(seen(run), run, name, mode, palette().name, chosen)
    with st.container(key=f"chart-{name}"):
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"{name}-{run.id}")


def _costs(run: Run, mode: Mode, name: str) -> None:
    _chart(run, mode, name)
    st.caption(
        "CPU time is that of all threads and processes together. Memory, and what goes through "
        "pipes, are those of one pass that was traced."
    )


def _timeline(run: Run, mode: Mode, name: str) -> None:
    names, first = _traced(seen(run), run, mode)
    if not names:
        st.info("No pass of this run was traced. Traces are taken in the first round.")
        return
    chosen = st.multiselect(
        "Contenders",
        names,
        default=first,
        max_selections=MOST_TIMELINES,
        key=f"timeline-{run.id}",
        placeholder="Choose whose tasks to see",
    )
    if chosen:
        _chart(run, mode, name, tuple(sorted(chosen)))


def _efficiency(run: Run, mode: Mode, name: str) -> None:
    _chart(run, mode, name)
    for line, sentences in _models(seen(run), run, mode).items():
        st.markdown(f"**{plain(line)}**")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


_SHOWN: Mapping[str, Callable[[Run, Mode, str], None]] = {
    "costs": _costs,
    "efficiency": _efficiency,
    "timeline": _timeline,
}


def seen(run: Run) -> Seen:
    """What changes as a run goes on."""
    return run.id, run.state, len(run.samples), len(run.failures)


# Many people may look at one run: each chart is drawn once. The run itself is not part of the key.
@st.cache_data(max_entries=200, show_spinner=False)
def _drawn(
    seen: Seen,  # noqa: ARG001
    _run: Run,
    name: str,
    mode: Mode,
    theme: str,
    chosen: tuple[str, ...],
) -> dict[str, Any]:
    run = _with_traces(_run) if GALLERY[name].traces != "none" else _run
    view = View(mode, PALETTES[theme], chosen=chosen)
    drawn: dict[str, Any] = GALLERY[name].draw(run, results(run), view).to_dict()
    return drawn


@st.cache_data(max_entries=200, show_spinner=False)
def _traced(seen: Seen, _run: Run, mode: Mode) -> tuple[list[str], list[str]]:  # noqa: ARG001
    """Who has a trace, and who of them to show first."""
    traces = {trace.contender for trace in _with_traces(_run).traces}
    names = [one.name for one in _run.plan.line_up if one.name in traces]
    return names, telling(results(_run), names, mode)


@st.cache_data(max_entries=200, show_spinner=False)
def _models(seen: Seen, _run: Run, mode: Mode) -> dict[str, list[str]]:  # noqa: ARG001
    """What may be read from how each executor grows with its workers, and why not the rest."""
    run = _with_traces(_run)
    return {one.name: list(one.sentences) for one in scaling_of(run, results(run), mode)}


@st.cache_data(max_entries=200, show_spinner=False)
def reasons_of(seen: Seen, _run: Run) -> list[str]:  # noqa: ARG001
    """Why contenders are as fast as they are, a sentence each."""
    run = _with_traces(_run)
    return [reason.message for why in whys_of(run, results(run)) for reason in why.reasons]


@st.cache_data(max_entries=200, show_spinner=False)
def steps_of(seen: Seen, _run: Run, mode: Mode) -> list[str]:  # noqa: ARG001
    """What to do about the run's work, a sentence each."""
    run = _with_traces(_run)
    found = what_to_do(run, results(run), mode)
    return list(found.sentences) if found else []


def _with_traces(run: Run) -> Run:
    """Traces are large: they are read for the charts that need them alone."""
    return store().runs.find(run.id, traces=True) or run
