"""The one-minute check on a page: its button, and its last result with its age."""

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from bench.analysis.minute import judged
from bench.analysis.words import lasted
from bench.charts.minute import minute as minute_chart
from bench.errors import Refused
from bench.guides.minute import last_minute, minute_plan
from bench.plan import Plan
from bench.samples import Run
from pages.parts.live import live
from pages.parts.shared import palette, plain, store, who, why_not
from pages.parts.words import estimate

REFUSED = "refused.minute"


def minute_view(stamp: Mapping[str, Any]) -> None:
    """The check of the machine with that stamp."""
    plan = minute_plan(stamp["cpus"]["usable"])
    run, barred = last_minute(store(), stamp), why_not()
    st.markdown(
        "The same work twice, and independent processes on one CPU and on all usable ones: how "
        "small a difference this machine can show, and what its CPUs reach together."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Check again" if run and not run.active else "Check",
            key="check",
            type="primary",
            icon=":material/monitor_heart:",
            disabled=(run is not None and run.active) or bool(barred),
            help=barred,
            on_click=_submit,
            args=(plan,),
        )
        st.caption(estimate(plan, stamp["cpus"]["usable"]))
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")
    if run is None:
        st.info("This machine has not been checked yet.", icon=":material/info:")
    elif run.active:
        live(run.id)
    else:
        _ended(run)


def _submit(plan: Plan) -> None:
    try:
        store().queue.submit(plan, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _ended(run: Run) -> None:
    found = judged(run)
    st.subheader(plain(found.headline), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Checked {lasted(time.time() - (run.ended or run.created))} ago.")
        st.page_link(
            "result.py",
            label="All of its figures",
            icon=":material/link:",
            query_params={"run": run.id},
        )
    if run.error:
        st.error(plain(run.error), icon=":material/error:")
    with st.container(key="chart-minute"):
        st.vega_lite_chart(
            spec=minute_chart(run, palette()).to_dict(),
            theme=None,
            width="stretch",
            key=f"minute-{run.id}",
        )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.sentences))
    for reason in found.steadiness.reasons:
        st.warning(f"**{reason.code}** {plain(reason.message)} {plain(reason.action)}")
