"""Pitfalls: what people believe about concurrency, shown live."""

import streamlit as st

from pages.parts.experiments import experiments_page

st.title("Pitfalls")
st.markdown(
    "What people believe about concurrency in Python, shown live on this machine: the code, what "
    "it does here, and whether the belief holds."
)
experiments_page(["pitfalls"], "pitfalls.py")
