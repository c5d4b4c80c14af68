"""Small things that several pages say."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

import streamlit as st

from bench.analysis.progress import estimated_seconds
from bench.analysis.words import work_in_words as work_in_words
from bench.plan import Plan
from bench.samples import Run, State
from pages.parts.shared import plain

Colour = Literal["blue", "green", "gray", "red", "orange"]

STATES: dict[State, tuple[Colour, str]] = {
    "queued": ("gray", ":material/hourglass_top:"),
    "running": ("blue", ":material/timer:"),
    "done": ("green", ":material/check:"),
    "stopped": ("gray", ":material/stop:"),
    "failed": ("red", ":material/error:"),
    "interrupted": ("orange", ":material/power_off:"),
}


def state_badge(run: Run) -> None:
    """The run's state, in a word."""
    colour, icon = STATES[run.state]
    st.badge(run.state, icon=icon, color=colour)


def origin_badge(run: Run) -> None:
    """Where a run comes from, if it was not measured here."""
    if run.imported:
        st.badge(plain(run.origin), icon=":material/upload_file:", color="gray")


def when(seconds: float) -> str:
    """A moment on the reader's own clock."""
    offset = st.context.timezone_offset or 0
    zone = timezone(timedelta(minutes=-offset))
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def duration(seconds: float) -> str:
    """A time to wait, roughly: 8 s, 3 min."""
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{round(seconds / 60)} min"


def estimate(plan: Plan, usable_cpus: int) -> str:
    """What a plan is likely to take, as a sentence."""
    seconds = estimated_seconds(plan, usable_cpus)
    if seconds is None:
        rounds = f"{'' if plan.rounds else 'at least '}{plan.least_rounds} rounds"
        return f"Takes {rounds}: how long is known after the first one."
    least, most = seconds
    at_most = f", at most about {duration(most)}" if most > 1.2 * least else ""
    return f"Takes about {duration(least)}{at_most}."
