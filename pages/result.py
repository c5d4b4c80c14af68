"""One run: what it shows, how, and on what. It fills in while the run goes on."""

import streamlit as st

from bench.guides.example import EXAMPLE
from pages.parts.example_link import example_link
from pages.parts.example_view import example_view
from pages.parts.live import live

run_id = st.query_params.get("run", "")
if run_id == EXAMPLE:
    example_view()
elif run_id:
    live(run_id)
else:
    st.title("Result")
    st.info("This page shows one run: open it from the history, or measure something.")
    st.page_link("history.py", label="History", icon=":material/history:")
    st.page_link("lab.py", label="Lab", icon=":material/speed:")
    example_link()
