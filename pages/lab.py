"""The Lab: pick work, ways to run it and worker counts; run; watch."""

from contextlib import nullcontext

import streamlit as st

from bench.errors import Refused
from bench.measure.own.work import own_work
from bench.plan import Plan
from pages.parts.first_visit import first_step, nobody_ran_anything, welcome
from pages.parts.form_link import follow_link
from pages.parts.own import problems
from pages.parts.plan_form import plan_form
from pages.parts.profile_button import PROFILE, profile_button
from pages.parts.profile_button import REFUSED as PROFILE_REFUSED
from pages.parts.shared import plain, store, who, why_not

REFUSED = "refused"


def show(run_id: str) -> None:
    """Draw a run. What draws takes as long to load as all else: here, when there is a run."""
    from pages.parts.live import live

    live(run_id)


def submit(plan: Plan) -> None:
    """Queue the plan and put its run's id where a reload finds it."""
    # Loaded before anything is measured: not meanwhile.
    import pages.parts.live  # noqa: F401

    try:
        st.query_params["run"] = store().queue.submit(plan, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


st.title("Which way to run it is faster, here?")
st.markdown(
    "Pick some work and the ways to run it. The lab runs each of them in turn on this machine, "
    "again and again, and says what it can show."
)

problems(own_work())
follow_link()
first = nobody_ran_anything()
with welcome() if first else nullcontext():
    plan = plan_form()
barred = why_not()
with st.container(horizontal=True, vertical_alignment="center"):
    st.button(
        "Run",
        key="run",
        type="primary",
        icon=":material/play_arrow:",
        disabled=plan is None or bool(barred),
        help=barred,
        on_click=submit,
        args=(plan,),
        shortcut="Ctrl+Enter",
    )
    profile_button(plan)
    if first:
        first_step(plan)
for name in (REFUSED, PROFILE_REFUSED):
    if refused := st.session_state.pop(name, ""):
        st.error(plain(refused), icon=":material/block:")

if profile_id := st.query_params.get(PROFILE, ""):
    from pages.parts.profile_view import profile_view

    st.divider()
    profile_view(profile_id)
run_id = st.query_params.get("run", "")
if run_id:
    st.divider()
    show(run_id)
