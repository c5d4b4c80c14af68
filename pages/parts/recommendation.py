"""What is recommended for a kind of task: why, what comes next to it, and code to start from."""

from collections.abc import Mapping

import streamlit as st

from bench.analysis.advice import Recommendation, Row, recommend, situation_of
from bench.asking.links import query_of_plan
from bench.errors import Refused
from bench.executors import find_executor
from bench.guides.rows import plan_of, situation_on, starting_code
from bench.measure.host.known import interpreter_of
from bench.plan import Plan
from pages.parts.decisions import explained, row_decision, stand_badge
from pages.parts.shared import plain, usable_cpus


def recommendation_view(row: Row, answers: Mapping[str, str], python: str) -> None:
    """Draw what is recommended on that interpreter; `answers` (by question) led to the row."""
    usable = usable_cpus()
    here = situation_of(answers, situation_on(interpreter_of(python), usable))
    advice = recommend(row, here)
    st.header(plain(f"{row.title}: {_called(advice)}"), anchor=False)
    st.markdown(plain(advice.choice.because))
    next_to_it = find_executor(advice.runner_up.executor).title
    st.markdown(f"**{plain(next_to_it)}** instead, if {plain(advice.runner_up.instead)}.")
    if row.note:
        st.info(plain(row.note), icon=":material/info:")
    try:
        plan = plan_of(row, usable=usable, interpreter=python)
    except Refused as refusal:
        st.caption(plain(f"It cannot be measured here. {refusal}"))
    else:
        _measured(row, plan)
    with st.expander("The code to start from", expanded=True):
        text = starting_code(advice)
        st.caption("It runs by itself, without the lab: put your own task and items in.")
        st.code(text, language="python", height=420)
        st.download_button(
            "Download",
            data=text,
            file_name=f"{row.name}.py",
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
            key="code.download",
        )


def _called(advice: Recommendation) -> str:
    title = find_executor(advice.executor).title
    return f"{title}, {advice.workers} workers" if advice.workers > 1 else title


def _measured(row: Row, plan: Plan) -> None:
    """What this machine says to it, and the way to ask it."""
    decision = row_decision(row, plan)
    with st.container(horizontal=True, vertical_alignment="center", key="measured-here"):
        stand_badge(decision)
        st.markdown(plain(_told(decision.judgement.agreement.answer)), width="content")
        st.page_link(
            "lab.py",
            label="Measure it here",
            icon=":material/speed:",
            query_params=query_of_plan(plan) or {},
        )
    if decision.lately.ended:
        explained(decision)


def _told(answer: str) -> str:
    return f"Measured here: {answer}" if answer else "Not measured on this machine yet."
