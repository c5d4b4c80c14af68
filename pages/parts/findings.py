"""The doctor's findings as cards: what is so, and what to do about it."""

from collections.abc import Sequence

import streamlit as st

from bench.analysis.doctor import SEVERITIES, Finding, Severity
from pages.parts.shared import plain
from pages.parts.words import Colour

BADGES: dict[Severity, tuple[Colour, str]] = {
    "hurts": ("red", ":material/priority_high:"),
    "worth knowing": ("blue", ":material/info:"),
}


def findings_view(findings: Sequence[Finding]) -> None:
    """A card a finding, those that hurt first."""
    if not findings:
        st.success("The doctor finds nothing to better.", icon=":material/check:")
        return
    with st.grid(2, min_column_width=320, gap="medium", key="findings"):
        for finding in findings:
            _card(finding)


def _card(finding: Finding) -> None:
    colour, icon = BADGES[finding.severity]
    with st.container(border=True, height="stretch", key=f"finding-{finding.code}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(finding.severity, icon=icon, color=colour, help=SEVERITIES[finding.severity])
            st.caption(finding.code)
        st.markdown(plain(finding.message))
        st.markdown(f":material/build: {plain(finding.action)}")
