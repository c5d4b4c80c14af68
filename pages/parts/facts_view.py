"""A machine's facts on a page: figures, cards, and a table of its Pythons."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bench.analysis.facts import NOT_TOLD, Facts, able, barred, build_of, facts_of
from bench.analysis.words import size
from bench.machine import Machine
from bench.measure.host.interpreters import Interpreter
from pages.parts.shared import plain


def facts_view(found: Machine) -> None:
    """The figures that matter most, then a card for each group of facts."""
    memory = found.memory
    with st.grid(3, min_column_width=150, key="figures"):
        st.metric(
            "Usable CPUs",
            found.cpus.usable,
            border=True,
            help="The least of the CPUs that the lab may run on and the container's quota.",
        )
        st.metric("Physical cores", found.cpus.cores or NOT_TOLD, border=True)
        st.metric("Memory", size(memory.limit or memory.total), border=True)
    cpus, memory_facts, system, limits = facts_of(found)
    with st.grid(2, min_column_width=320, key="facts"):
        for stacked in ((cpus, limits), (memory_facts, system)):
            with st.container():
                for facts in stacked:
                    _card(facts)


def _card(facts: Facts) -> None:
    with st.container(border=True):
        st.subheader(facts.title, anchor=False)
        st.table(
            {plain(name): plain(value) for name, value in facts.lines},
            border="horizontal",
            hide_header=True,
            alt=facts.title,
        )


def pythons_view(pythons: Sequence[Interpreter]) -> None:
    """A line an interpreter; below, what cannot run on it, with the reason."""
    rows = pd.DataFrame([_row(python) for python in pythons])
    st.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        height="content",
        column_config={"build": st.column_config.TextColumn(width=100)},
        alt="The Pythons on this machine",
    )
    with st.expander("What cannot run on them, and why"):
        for python in pythons:
            lines = [f"- {plain(names)}: {plain(why)}" for names, why in barred(python)]
            st.markdown("\n".join([f"**{plain(python.name)}**\n", *(lines or ["- Nothing."])]))


def _row(python: Interpreter) -> dict[str, str]:
    return {
        "name": python.name,
        "Python": python.label if python.version else "",
        "build": build_of(python),
        "executors": able(python.executors),
        "workloads": able(python.workloads),
        "path": python.path,
    }
