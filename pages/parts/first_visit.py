"""A lab in which nobody has run anything yet: what it does, with the form folded away."""

from contextlib import AbstractContextManager

import streamlit as st

from bench.plan import Plan
from bench.workloads import find_workload
from pages.parts.example_link import example_link
from pages.parts.shared import plain, store, usable_cpus
from pages.parts.words import estimate

# What happens, an icon each.
STEPS = (
    (
        ":material/shuffle:",
        "All ways in turn",
        "The same work sequentially, in threads, in processes: each in a fresh process, in "
        "shuffled order.",
    ),
    (
        ":material/straighten:",
        "Until it is certain",
        "Round after round, until the 95% intervals are narrow. Noise is called no difference.",
    ),
    (
        ":material/share:",
        "One page that answers",
        "A sentence, the charts, why it is so and what to do, under a link of its own.",
    ),
)


def nobody_ran_anything() -> bool:
    """Whether this is a first visit."""
    return not store().history.page(1)


def welcome() -> AbstractContextManager[object]:
    """Say what the lab does; where the form goes, which may be left as it is."""
    with st.grid(len(STEPS), min_column_width=170, gap="small"):
        for icon, title, text in STEPS:
            st.markdown(f"{icon} **{title}**  \n{text}")
    return st.expander(
        "Choose the work and the ways to run it",
        icon=":material/tune:",
        expanded="form" in st.query_params,
    )


def first_step(plan: Plan | None) -> None:
    """Say beside the button what it does, and offer an example before it is pressed."""
    example_link()
    if plan:
        ways = " and ".join(dict.fromkeys(one.executor for one in plan.contenders))
        work = find_workload(plan.workload).title
        told = f"{work}: sequentially, and with {ways}. {estimate(plan, usable_cpus())}"
        st.caption(plain(told), width="content")
