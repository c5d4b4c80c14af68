"""What the lab runs on, what would make measurements better, and the one-minute check."""

import streamlit as st

from bench.analysis.doctor import doctor
from bench.analysis.facts import summary
from bench.machine import Machine
from bench.measure.host.environment import environment
from bench.measure.host.machine import machine
from bench.settings import settings
from pages.parts.facts_view import facts_view, pythons_view
from pages.parts.findings import findings_view
from pages.parts.minute_view import minute_view
from pages.parts.shared import plain


def view(found: Machine) -> None:
    """All that was found, CPUs first."""
    st.caption(plain(summary(found)))
    facts_view(found)
    st.header("Pythons", anchor=False)
    pythons_view(found.pythons)
    st.header("What would make measurements better", anchor=False)
    findings_view(doctor(found))


st.title("Machine")
with st.spinner("Asking the system and the Pythons on it"):
    found, stamp = machine(settings()), environment()
view(found)
st.header("One-minute check", anchor=False)
minute_view(stamp)
