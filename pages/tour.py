"""The tour: five questions, each with one button, one short run, one picture and one sentence."""

import streamlit as st

from bench.guides.tour import STEPS
from pages.parts.shared import plain
from pages.parts.tour_step import STEP, step_view, turn_buttons

names = [step.name for step in STEPS]
asked = st.query_params.get(STEP, names[0])
if asked not in names:
    st.warning("There is no such step: the tour begins anew.")
    asked = names[0]
place = names.index(asked)
st.caption(f"Step {place + 1} of {len(STEPS)}")
st.title(plain(STEPS[place].question), anchor=False)
step_view(STEPS[place])
turn_buttons(place)
