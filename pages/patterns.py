"""Patterns: sharing data, and what programs with threads and processes have in common, live."""

import streamlit as st

from pages.parts.experiments import experiments_page

st.title("Patterns")
st.markdown(
    "Shared data, shutdown, limits, progress, pipelines and cancelling: how it is done, what each "
    "way really does on this machine, and whether what people say of it holds."
)
experiments_page(["sharing", "patterns"], "patterns.py")
