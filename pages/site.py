"""The frame: page settings, style and navigation."""

from pathlib import Path

import streamlit as st

from bench.errors import Unavailable
from bench.measure.own.work import own_work
from pages.parts.door import log_in, log_out
from pages.parts.form_link import leave_form
from pages.parts.icon import show_icon
from pages.parts.shared import may_look, plain

st.set_page_config(
    page_title="Speedup Lab",
    layout="wide",
    # In a frame on another page the way around the lab would take the room of what is shown.
    initial_sidebar_state="collapsed" if st.context.is_embedded else "auto",
)
show_icon()
st.html(Path(__file__).with_name("parts") / "style.css")

page = st.navigation(
    {
        "Measure": [
            st.Page("lab.py", title="Lab", icon=":material/speed:", url_path="lab", default=True),
            st.Page("history.py", title="History", icon=":material/history:", url_path="history"),
            st.Page(
                "compare.py", title="Compare", icon=":material/compare_arrows:", url_path="compare"
            ),
            # Reached by link; it has no entry of its own.
            st.Page("result.py", title="Result", url_path="result", visibility="hidden"),
        ],
        "Understand": [
            st.Page("tour.py", title="Tour", icon=":material/tour:", url_path="tour"),
            st.Page("choose.py", title="Choose", icon=":material/alt_route:", url_path="choose"),
            st.Page(
                "pitfalls.py", title="Pitfalls", icon=":material/warning:", url_path="pitfalls"
            ),
            st.Page("patterns.py", title="Patterns", icon=":material/hub:", url_path="patterns"),
        ],
        "About": [
            st.Page("machine.py", title="Machine", icon=":material/memory:", url_path="machine"),
        ],
    },
    position="sidebar" if may_look() else "hidden",
)
try:
    if not may_look():
        log_in()
        st.stop()
    log_out()
    own_work()  # all pages name and draw work
    if page.title != "Lab":
        leave_form()
    page.run()
except Unavailable as reason:
    st.error(plain(str(reason)), icon=":material/error:")
