"""The Lab: pick work, ways to run it and worker counts; run; watch."""

import streamlit as st

from bench.errors import Refused
from bench.measure.own.work import own_work
from bench.plan import Plan
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
plan, barred = plan_form(), why_not()
with st.container(horizontal=True):
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
if refused := st.session_state.pop(REFUSED, ""):
    st.error(plain(refused), icon=":material/block:")

profile_view()
run_id = st.query_params.get("run", "")
if run_id:
    st.divider()
    live(run_id)
