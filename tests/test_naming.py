"""Names, notes and labels: plain text within bounds, refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import Refused
from bench.naming import LABELS, NOTE, TITLE, labels_of, note_of, title_of
from tests.build import outcome


def test_plain_text_of_any_language_is_kept_as_it_is() -> None:
    for text in ("before", "数字 → 数", "Größe ½ 🙂", "<b>**x**</b>", "=1+1", "مرحبا"):
        assert title_of(f" {text} ") == text


@pytest.mark.parametrize(
    ("char", "code"),
    [("\x00", "0000"), ("\n", "000A"), ("\x1b", "001B"), ("\u202e", "202E"), ("\u2066", "2066"),
     ("\u200f", "200F"), ("\u2028", "2028"), ("\ud800", "D800"), ("\x85", "0085")],
)  # fmt: skip
def test_control_characters_and_marks_of_direction_are_refused_by_their_code(
    char: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        title_of(f"a{char}b")
    said = str(refused.value)
    assert said.startswith("name is 'a")
    assert said.endswith(
        f": it must be text without control characters and marks of direction; remove U+{code}."
    )
    assert said.isprintable()


def test_a_note_has_lines() -> None:
    assert note_of("one\r\ntwo\n") == "one\ntwo"
    with pytest.raises(Refused, match=r"U\+0009"):
        note_of("a\tb")


def test_what_is_too_long_is_refused_with_its_length() -> None:
    assert title_of("x" * TITLE) == "x" * TITLE
    with pytest.raises(Refused) as refused:
        title_of("x" * (TITLE + 1))
    assert str(refused.value) == "name is '101 characters': it must be at most 100; shorten it."
    with pytest.raises(Refused, match="at most 2,000"):
        note_of("x" * (NOTE + 1))


def test_labels_are_few_short_and_each_there_once() -> None:
    assert labels_of(["b", " a", "a", " "]) == ("b", "a")
    with pytest.raises(Refused, match="at most 8"):
        labels_of([str(number) for number in range(LABELS + 1)])
    with pytest.raises(Refused, match="at most 30"):
        labels_of(["x" * 31])
    with pytest.raises(Refused, match="without commas"):
        labels_of(["a,b"])


@given(st.text(st.characters(), max_size=120))
def test_any_text_is_kept_whole_or_refused(text: str) -> None:
    kept = outcome(title_of, text)
    assert isinstance(kept, Refused) or kept == text.strip()
