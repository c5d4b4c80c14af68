"""Two runs side by side."""

import streamlit as st

from bench.analysis.comparing import compare
from bench.errors import Refused
from pages.parts.comparison_view import comparison_view
from pages.parts.run_picker import pick_two
from pages.parts.shared import plain

st.title("Compare")
a, b = pick_two()
if a and b:
    try:
        found = compare(a, b)
    except Refused as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
    else:
        comparison_view(found)
else:
    st.info(
        "Choose two runs of the same work: before and after a change, on two machines, on two "
        "Pythons, with the GIL and without it.",
        icon=":material/compare_arrows:",
    )
