"""The example on a page: marked as such, with how to read it, and nothing that changes it."""

import streamlit as st

from bench.analysis.words import moment
from bench.guides.example import example
from bench.samples import machine_of
from pages.parts.result_view import finding, fine_print
from pages.parts.shared import plain

# Below what of it they stand.
CAPTIONS = {
    "answer": "**The answer** comes first. It is computed from the rounds, never typed in: *1.9 "
    "times as fast (1.8–2.0)* means that the true value lies from 1.8 to 2.0, with 95% confidence. "
    "What cannot be told from noise is called *no difference shown*.",
    "times": "**Times.** Shorter is faster; each tick is one round. The control is sequential work "
    "once more: what differs there is noise.",
    "speedup": "**Speedup.** How many times as fast as sequential work, by the number of workers. "
    "Dotted is the ideal; dashed, where it was measured, is what these CPUs reach together.",
    "table": "**The tabs** below the table show where the time went, down to each task on its "
    "worker. Each is drawn from the same rounds.",
}


def example_view() -> None:
    """The example, as the page of a run shows it."""
    run = example()
    # No caption: what is faded there is too pale for a badge.
    st.markdown(
        f":gray-badge[:material/school: example] A real run, made {moment(run.created)} on "
        f"{plain(machine_of(run.environment))}. It comes with the lab: your machine may show "
        "something else."
    )
    finding(run, CAPTIONS)
    st.page_link("lab.py", label="Measure it on this machine", icon=":material/speed:")
    fine_print(run)
