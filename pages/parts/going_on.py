"""More rounds for a run that has ended."""

import streamlit as st

from bench.errors import Refused
from bench.samples import Run
from bench.service.again import check_goes_on
from pages.parts.shared import plain, store, who, why_not

REFUSED = "continue.refused"


def continue_button(run: Run) -> None:
    """Draw the button; why a run cannot go on is said below it once it was tried."""
    barred = why_not()
    told = (
        "Only a run that was measured here can go on."
        if run.imported
        else "Adds rounds to this run, for as long again: its intervals get narrower."
    )
    st.button(
        "Continue",
        key=f"continue-{run.id}",
        icon=":material/resume:",
        on_click=_go_on,
        args=(run,),
        disabled=not run.samples or run.imported is not None or bool(barred),
        help=barred or told,
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")


def _go_on(run: Run) -> None:
    try:
        check_goes_on(run)
        store().queue.submit_again(run.id, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
