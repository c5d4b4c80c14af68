"""Answers as text: equal for equal answers only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.work import answer_text


@pytest.mark.parametrize(
    ("answer", "text"),
    [(17_984, "17984"), ([1, 2], "[1, 2]"), ("déjà", '"déjà"'), (None, "null"), (1.5, "1.5")],
)
def test_a_short_answer_is_its_own_text(answer: object, text: str) -> None:
    assert answer_text(answer) == text


def test_a_long_answer_is_a_digest() -> None:
    assert answer_text("x" * 100).startswith("sha256:")
    assert answer_text("x" * 100) != answer_text("x" * 101)


def test_a_dictionarys_order_does_not_matter() -> None:
    assert answer_text({"a": 1, "b": 2}) == answer_text({"b": 2, "a": 1})


@pytest.mark.parametrize("answer", ["\ud800", "\u202e", "\N{ZERO WIDTH SPACE}"])
def test_an_answer_that_cannot_be_printed_is_a_digest(answer: str) -> None:
    assert answer_text(answer).startswith("sha256:")


@given(st.text() | st.lists(st.integers()), st.text() | st.lists(st.integers()))
def test_texts_are_equal_only_for_equal_answers(one: object, other: object) -> None:
    assert (answer_text(one) == answer_text(other)) == (one == other)


@given(st.text())
def test_every_text_is_short_printable_and_can_be_stored(answer: str) -> None:
    text = answer_text(answer)
    assert len(text) <= 71
    assert text.isprintable()
    assert text.encode()
