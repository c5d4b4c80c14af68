"""A run that has ended: the answer, the pictures, the table, the fine print."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from bench.analysis.results import Mode, Reading, Result, results
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import digits, room, seconds, span
from bench.charts.speedup import speedup
from bench.charts.sweep import sweep
from bench.charts.sweep_times import sweep_times
from bench.charts.theme import PALETTES
from bench.charts.times import times
from bench.exports.json_run import run_json
from bench.samples import Run
from pages.parts.details import details, reasons_of, seen, steps_of
from pages.parts.going_on import continue_button
from pages.parts.shared import palette, plain, store
from pages.parts.words import state_badge, work_in_words

# By the name of their place on the page.
CHARTS = {"times": times, "speedup": speedup}
CHARTS_OF_SWEEPS = {"sweep": sweep, "sweep-times": sweep_times}

# The least width of a chart beside another, in pixels.
LEAST_CHART = 400

MODES: dict[str, Mode] = {"warm pool": "warm", "with pool start-up": "cold"}


def result_view(run: Run) -> None:
    """Everything that a finished run shows."""
    found = results(run)
    st.header(plain(headline_of(run, found, "warm")), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(run)
        st.caption(_subtitle(run))
    if run.error:
        st.error(plain(run.error), icon=":material/error:")
    chosen = st.segmented_control(
        "Times",
        list(MODES),
        default="warm pool",
        required=True,
        key=f"mode-{run.id}",
        help="Warm: what a server feels whose pool is already there. With start-up: what a script "
        "feels that starts a pool, uses it once and ends it.",
    )
    mode = MODES[chosen or "warm pool"]
    charts(run, mode)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences_of(run, found, mode)))
    if reasons := reasons_of(seen(run), run):
        st.markdown("**Why**\n" + "\n".join(f"- {plain(reason)}" for reason in reasons))
    for warning in warnings(run):
        st.warning(f"**{warning.code}** {plain(warning.message)} {plain(warning.action)}")
    _table(found, mode)
    details(run, mode)
    if steps := steps_of(seen(run), run, mode):
        st.markdown("**What to do**\n" + "\n".join(f"- {plain(step)}" for step in steps))
    _share(run)
    _fine_print(run)


def charts(run: Run, mode: Mode) -> None:
    """The run's two charts, side by side where there is room for both."""
    with st.grid(2, min_column_width=LEAST_CHART, gap="medium"):
        for name, spec in _drawn(run, mode, palette().name).items():
            with st.container(key=f"chart-{name}"):
                st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"{name}-{run.id}")


# Many people may watch one run: it is drawn once for each new sample, not once for each of them.
@st.cache_data(max_entries=200, show_spinner=False, hash_funcs={Run: seen})
def _drawn(run: Run, mode: Mode, theme: str) -> dict[str, dict[str, Any]]:
    found = results(run)
    colours = PALETTES[theme]
    drawn = CHARTS_OF_SWEEPS if run.plan.sweep else CHARTS
    return {name: chart(run, found, mode, colours).to_dict() for name, chart in drawn.items()}


def _table(found: tuple[Result, ...], mode: Mode) -> None:
    rows = pd.DataFrame([_row(result, mode) for result in found])
    st.dataframe(rows, hide_index=True, width="stretch", alt="All contenders in figures")


def _row(result: Result, mode: Mode) -> dict[str, object]:
    reading = result.reading(mode)
    ratio = reading.speedup if reading and not result.yardstick else None
    return {
        "contender": result.contender.name,
        "time": seconds(reading.seconds.estimate) if reading else "",
        "speedup": digits(ratio.estimate) if ratio else "",
        "95% interval": span(ratio) if ratio else "",
        "verdict": _verdict(result, reading),
        "rounds": result.n,
    }


def _verdict(result: Result, reading: Reading | None) -> str:
    if result.error:
        return "failed"
    if result.yardstick:
        return "baseline"
    return reading.verdict if reading else "not measured"


def _share(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "result.py",
            label="Link to this run",
            icon=":material/link:",
            query_params={"run": run.id},
        )
        st.download_button(
            "JSON",
            data=lambda: _whole(run.id),
            file_name=f"speedup-lab-{run.id}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key=f"json-{run.id}",
        )
        continue_button(run)


def _whole(id_: str) -> str:
    run = store().runs.find(id_, traces=True)
    return json.dumps(run_json(run), indent=2) if run else ""


def _fine_print(run: Run) -> None:
    with st.expander("What it was measured on"):
        st.json(dict(run.environment))
    with st.expander("The plan"):
        st.json(run.plan.as_json())
    for failure in run.failures:
        with st.expander(f"What {plain(failure.contender)} printed before it failed"):
            st.code(failure.output or "Nothing.", language=None)


def _subtitle(run: Run) -> str:
    return (
        f"{plain(work_in_words(run.plan))} · {plain(run.pythons)} · "
        f"{plain(room(run.environment))} · {run.plan.precision}"
    )
