"""The questions of the decision tree: the next one with its answers, those answered, the tree."""

from collections.abc import Sequence

import streamlit as st

from bench.analysis.advice import QUESTIONS, Answer, Question
from bench.charts.lanes import lanes
from bench.charts.tree import tree
from pages.parts.shared import palette, plain

# An icon for each answer that has no picture of lanes.
ICONS = {
    ("for", "network"): ":material/cloud_download:",
    ("for", "files"): ":material/folder_open:",
    ("state", "yes"): ":material/share:",
    ("state", "no"): ":material/call_split:",
    ("code", "python"): ":material/code:",
    ("code", "arrays"): ":material/grid_on:",
    ("code", "images"): ":material/image:",
    ("code", "learning"): ":material/model_training:",
}
_YES_OR_NO = {"yes": ":material/check:", "no": ":material/close:"}

LANES = "Pale: how long a task takes. Solid: when it is on a CPU."


def answers_asked() -> dict[str, str]:
    """The answers in the address, by question."""
    return {name: st.query_params[name] for name in QUESTIONS if name in st.query_params}


def trail_view(trail: Sequence[tuple[Question, Answer]]) -> None:
    """What was answered so far, each to be changed."""
    for question, answer in trail:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"answered-{question.name}"
        ):
            st.markdown(f"{plain(question.text)} **{plain(answer.text)}**", width="content")
            st.button(
                "Change",
                key=f"change-{question.name}",
                type="tertiary",
                icon=":material/edit:",
                on_click=_answer,
                args=(question.name, None),
            )


def question_view(question: Question, number: int) -> None:
    """A question, with a card for each answer."""
    st.header(plain(question.text), anchor=False)
    told = f"Question {number}, of at most five. {question.help}"
    pictured = any(answer.lanes for answer in question.answers)
    st.caption(plain(f"{told} {LANES if pictured else ''}".strip()))
    with st.grid(len(question.answers), min_column_width=230, gap="medium"):
        for answer in question.answers:
            _card(question, answer)


def _card(question: Question, answer: Answer) -> None:
    with st.container(border=True, height="stretch", key=f"card-{question.name}-{answer.name}"):
        if answer.lanes:
            alt = f"Tasks that look like this: {answer.text}"
            st.image(lanes(answer.lanes, palette()), alt=alt)
        st.button(
            plain(answer.text),
            key=f"answer-{question.name}-{answer.name}",
            icon=ICONS.get((question.name, answer.name)) or _YES_OR_NO.get(answer.name),
            width="stretch",
            on_click=_answer,
            args=(question.name, answer.name),
        )
        st.caption(f"For example: {plain(answer.example)}")


def _answer(question: str, answer: str | None) -> None:
    """Write an answer into the address, or take it out, with those that came after it."""
    given = list(answers_asked())
    if answer is None:
        for name in given[given.index(question) :]:
            del st.query_params[name]
    else:
        st.query_params[question] = answer


def tree_view(answers: dict[str, str]) -> None:
    """The whole tree, with the way of the answers."""
    with st.container(key="chart-tree"):
        st.vega_lite_chart(
            spec=tree(answers, palette()).to_dict(), theme=None, width="stretch", key="tree"
        )
