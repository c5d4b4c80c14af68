"""What goes on, shown again and again."""

from collections.abc import Callable

import streamlit as st

from pages.parts.shared import session, watched
from pages.parts.words import duration


def polled(show: Callable[[str], None], id_: str) -> None:
    """Show a job that goes on, again and again, as often as all who watch it leave room for.

    What a poll costs comes out of the machine that measures.
    """
    pace = watched().pace(id_, session())

    def once() -> None:
        now = watched().pace(id_, session())
        if now > pace or now < pace / 2:
            st.rerun()
        show(id_)
        if pace > 1:
            st.caption(f"Many people watch: this is brought up to date every {duration(pace)}.")

    st.fragment(once, run_every=pace)()
