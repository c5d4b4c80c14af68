"""The Lab: pick work, ways to run it and worker counts; run; watch."""

from contextlib import nullcontext

import streamlit as st

from bench.errors import Refused
from bench.measure.own.work import own_work
from bench.plan import Plan
from pages.parts.first_visit import first_step, nobody_ran_anything, welcome
from pages.parts.form_link import follow_link
from pages.parts.live import live
from pages.parts.own import problems
from pages.parts.plan_form import plan_form
from pages.parts.profile_view import profile_button, profile_view
from pages.parts.shared import plain, store, who, why_not

REFUSED = "refused"


def submit(plan: Plan) -> None:
    """Queue the plan and put its run's id where a reload finds it."""
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
if refused := st.session_state.pop(REFUSED, ""):
    st.error(plain(refused), icon=":material/block:")

profile_view()
run_id = st.query_params.get("run", "")
if run_id:
    st.divider()
    live(run_id)
