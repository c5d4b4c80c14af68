"""One step of the tour: its button, its run as it goes on, its picture and its sentence."""

from functools import partial

import streamlit as st

from bench.analysis.progress import estimated_seconds, progress
from bench.analysis.results import results
from bench.analysis.words import lasted
from bench.charts.stage import stage
from bench.errors import Refused, Unavailable
from bench.guides.decisions import lately
from bench.guides.tour import STEPS, Step, step_plan, told
from bench.plan import Plan
from bench.samples import Run
from pages.parts.polling import polled
from pages.parts.shared import palette, plain, store, usable_cpus, watched, who, why_not
from pages.parts.this_machine import this_machine
from pages.parts.words import duration, when

# What the address calls the step, and the run that it shows.
STEP, RUN = "step", "run"

REFUSED = "refused.tour"


def step_view(step: Step) -> None:
    """Draw a step, with the run that the address names, or else the newest one of this machine."""
    st.markdown(plain(step.about))
    try:
        plan = step_plan(step, usable_cpus())
    except (Refused, Unavailable) as reason:
        st.info(plain(str(reason)), icon=":material/info:")
        return
    run = _shown(plan)
    _run_button(plan, again=run is not None, active=run is not None and run.active)
    if run is None:
        return
    if run.active:
        polled(partial(_show, step.name), run.id)
    else:
        _ended(step, run)


def turn_buttons(place: int) -> None:
    """Back and next, by button or by key."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="turn"):
        st.button(
            "Back",
            key="back",
            icon=":material/arrow_back:",
            shortcut="Left",
            disabled=place == 0,
            on_click=_turn,
            args=(place - 1,),
        )
        st.button(
            "Next",
            key="next",
            icon=":material/arrow_forward:",
            shortcut="Right",
            disabled=place == len(STEPS) - 1,
            on_click=_turn,
            args=(place + 1,),
        )


def _turn(place: int) -> None:
    st.query_params[STEP] = STEPS[place].name
    st.query_params.pop(RUN, None)


def _shown(plan: Plan) -> Run | None:
    """The run that the address names, if it is one of this step, or else the newest one."""
    named = store().runs.find(st.query_params.get(RUN, ""))
    if named and named.plan.fingerprint == plan.fingerprint:
        return named
    if RUN in st.query_params:
        st.warning("There is no such run of this step: the newest one is shown, if there is one.")
    found = lately(store(), plan, this_machine())
    newest = found.active or found.ended
    return newest and store().runs.find(newest.id)


def _run_button(plan: Plan, *, again: bool, active: bool) -> None:
    barred = why_not()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Run it again" if again else "Run it",
            key="tour-run",
            type="primary",
            icon=":material/play_arrow:",
            shortcut="Enter",
            disabled=active or bool(barred),
            help=barred,
            on_click=_submit,
            args=(plan,),
        )
        seconds = estimated_seconds(plan, usable_cpus())
        if seconds:
            st.caption(f"Takes about {duration(seconds[1])}.")
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")


def _submit(plan: Plan) -> None:
    try:
        st.query_params[RUN] = store().queue.submit(plan, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _show(step: str, run_id: str) -> None:
    run = watched().run(run_id)
    if run is None or not run.active:
        st.rerun()
    elif run.state == "queued":
        ahead = len(store().queue.ahead(run_id))
        st.info(f"{ahead} before this one." if ahead else "It is next.")
    else:
        now = progress(run)
        st.progress(now.share, f"Round {max(1, now.round)}: {now.done} of {now.expected} trials")
        _picture(run.until(max(1, now.round - 1)), step)
    _link(run_id)


def _ended(step: Step, run: Run) -> None:
    if not any(one.warm for one in results(run)):
        st.error(plain(run.error or "It ended before it had a result."), icon=":material/error:")
        _link(run.id)
        return
    answer = told(step, run)
    st.header(plain(answer.sentence), anchor=False)
    _picture(run, step.name)
    if answer.why:
        st.markdown("\n".join(f"- {plain(reason)}" for reason in answer.why))
    ago = lasted(max(0.0, store().runs.clock() - (run.ended or run.created)))
    st.caption(f"Measured {ago} ago, {when(run.ended or run.created)}, on {plain(run.pythons)}.")
    _link(run.id)


def _picture(run: Run, step: str) -> None:
    if not run.samples:
        return
    with st.container(key="chart-stage"):
        st.vega_lite_chart(
            spec=stage(run, results(run), palette()).to_dict(),
            theme=None,
            width="stretch",
            key=f"stage-{step}",
        )


def _link(run_id: str) -> None:
    st.page_link(
        "result.py",
        label="All that this run shows",
        icon=":material/link:",
        query_params={RUN: run_id},
    )
