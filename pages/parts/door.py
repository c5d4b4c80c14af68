"""Logging in where the lab asks for it, and out again."""

import streamlit as st


def log_in() -> None:
    """What people see who may not see the pages yet."""
    st.title("Speedup Lab")
    st.markdown("Log in to see what was measured here.")
    st.button("Log in", key="log-in", type="primary", icon=":material/login:", on_click=st.login)


def log_out() -> None:
    """Who is logged in, and the way out, beside the pages; nothing where nobody logs in."""
    if st.user.get("is_logged_in"):
        with st.sidebar:
            st.text(str(st.user.get("email") or "Logged in, without an address."))
            st.button("Log out", key="log-out", icon=":material/logout:", on_click=st.logout)
