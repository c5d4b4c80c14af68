"""Choose: a few questions, a recommendation, and what this machine measured of each."""

import streamlit as st

from bench.analysis.advice import Question, trail, walked
from bench.errors import Refused
from pages.parts.decisions import decisions_view
from pages.parts.questions import answers_asked, question_view, trail_view, tree_view
from pages.parts.recommendation import recommendation_view
from pages.parts.shared import plain, python_of_page

st.title("Choose")
st.markdown(
    "At most five questions lead to a way to run your work, with its reason and the code to start "
    "from. What this machine measured has the last word."
)
python = python_of_page()
try:
    answers = answers_asked()
    end = walked(answers)
except Refused as refusal:
    st.error(plain(str(refusal)), icon=":material/link_off:")
    answers, end = {}, walked({})
trail_view(trail(answers))
if isinstance(end, Question):
    question_view(end, len(answers) + 1)
else:
    recommendation_view(end, answers, python)
st.header("All ways", anchor=False)
tree_view(answers)
st.header("The advice, measured here", anchor=False)
decisions_view(python)
