"""The link to the example, apart from what draws it."""

import streamlit as st

from bench.guides.example import EXAMPLE


def example_link() -> None:
    """A link to the example."""
    st.page_link(
        "result.py",
        label="See an example result",
        icon=":material/insights:",
        query_params={"run": EXAMPLE},
    )
