"""The button that profiles own work."""

import streamlit as st

from bench.errors import Refused
from bench.plan import Plan
from bench.profiles import ABOUT, Wanted
from bench.workloads import find_workload
from pages.parts.shared import store, who, why_not
from pages.parts.words import duration

# What was wrong, and what the address calls the profile.
REFUSED = "profile.refused"
PROFILE = "profile"


def profile_button(plan: Plan | None) -> None:
    """Offer to profile the plan's work, if it is the operator's own."""
    source, barred = find_workload(plan.workload).source if plan else None, why_not()
    if plan and source:
        st.button(
            "Profile it",
            key="profile-it",
            icon=":material/query_stats:",
            disabled=bool(barred),
            on_click=_submit,
            args=(plan,),
            help=barred
            or "Looks at a sample of its tasks in a process of their own (length, CPU, the GIL, "
            f"what is sent) and recommends a way to run them. About {duration(ABOUT)} or more.",
        )


def _submit(plan: Plan) -> None:
    """Queue a profile of the plan's work, and put its id where a reload finds it."""
    try:
        parameters = find_workload(plan.workload).parameters(plan.parameters)
        wanted = Wanted(plan.workload, parameters, plan.interpreters[0])
        st.query_params[PROFILE] = store().queue.submit(wanted, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
