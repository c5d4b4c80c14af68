"""A verdict on a belief, as a badge."""

import streamlit as st

from bench.experiments import Verdict
from pages.parts.shared import plain
from pages.parts.words import Colour

VERDICTS: dict[Verdict, tuple[Colour, str]] = {
    "holds here": ("green", ":material/check:"),
    "does not hold here": ("orange", ":material/close:"),
    "not resolved here": ("gray", ":material/question_mark:"),
}


def verdict_badge(verdict: Verdict, interpreter: str) -> None:
    """Whether the belief holds on that interpreter."""
    colour, icon = VERDICTS[verdict]
    st.badge(f"{verdict}, on {plain(interpreter)}", icon=icon, color=colour)
