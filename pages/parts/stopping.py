"""The button that stops what goes on or waits, for who started it."""

from collections.abc import Callable

import streamlit as st

from bench.access import Who
from bench.errors import Refused
from pages.parts.shared import plain, store, watched, who, why_not

REFUSED = "refused.stop"

Stop = Callable[[str, Who], None]


def stop_button(id_: str, stop: Stop, told: str) -> None:
    """Draw it; for who may not it is closed, with the reason. `told` is what it does."""
    barred = why_not(store().queue.owner(id_) or "")
    st.button(
        "Stop",
        key=f"stop-{id_}",
        icon=":material/stop:",
        disabled=bool(barred),
        on_click=_stop,
        args=(id_, stop),
        help=barred or told,
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")


def _stop(id_: str, stop: Stop) -> None:
    try:
        stop(id_, who())
        watched().forget(id_)  # whoever asked sees it at once
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
