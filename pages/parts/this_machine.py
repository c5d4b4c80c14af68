"""Which machine this is, for pages that look for what was measured on it."""

import streamlit as st

from bench.measure.host.environment import environment
from bench.samples import machine_of

# How old may be what is said, in seconds.
LATELY = 60.0


@st.cache_data(ttl=LATELY, show_spinner=False)
def this_machine() -> str:
    """This machine in words, as it was lately: a whole stamp is made for them."""
    return machine_of(environment())
