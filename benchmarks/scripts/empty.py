"""The least that a Streamlit app can be: what the lab's pages are held against."""

import streamlit as st

st.title("Nothing")
