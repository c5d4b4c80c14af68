"""The ways to run of a plan as Python scripts that need no part of the lab."""

import streamlit as st

from bench.errors import Refused
from bench.plan import Plan
from bench.scripts import script, script_name
from pages.parts.shared import plain


def script_view(plan: Plan) -> None:
    """One of the plan's contenders as a script, to copy or to download; sequential work if none."""
    ways = {one.name: one for one in plan.contenders or plan.line_up[:1]}
    with st.expander("The same as a Python script, without the lab"):
        *_, chosen = ways
        if len(ways) > 1:
            chosen = st.selectbox(
                "Which of them", list(ways), index=len(ways) - 1, key="script.contender"
            )
        try:
            text = script(plan, ways[chosen])
        except Refused as refusal:
            st.caption(plain(str(refusal)))
            return
        st.caption(
            "It runs by itself and prints both times, the speedup and the answer. It times a first "
            "use from start to stop, then takes turns with sequential work for three seconds."
        )
        st.code(text, language="python", height=480)
        st.download_button(
            "Download",
            data=text,
            file_name=script_name(plan, ways[chosen]),
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
            key="script.download",
        )
